using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>Settings of a <see cref="FeatureGan"/>.</summary>
/// <param name="Epochs">Passes over the items with the critic.</param>
/// <param name="Before">Passes before, of the autoencoder alone.</param>
public sealed record FeatureGanOptions(int Epochs = 60, int Before = 60)
{
    /// <summary>Items in a batch.</summary>
    public int Batch { get; init; } = 50;

    /// <summary>Width of z.</summary>
    public int Latent { get; init; } = 8;

    /// <summary>Width of the hidden layers.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Weight of passing for real beside the autoencoder's loss.</summary>
    public float Adversarial { get; init; } = 0.1f;

    /// <summary>s, the deviation that features, standardized to 1, are taken to have around what a code says.</summary>
    public float Deviation { get; init; } = 0.5f;

    /// <summary>The rate of the autoencoder alone; that of both players is half of it.</summary>
    public float Rate { get; init; } = 1e-3f;
}

/// <summary>
/// A generator of vectors of items, their attributes or embeddings of their texts or pictures, given their category: a variational autoencoder that must also
/// pass for real with codes it draws itself (WGAN-GP). Features are learned standardized, each by itself.
/// </summary>
public sealed class FeatureGan
{
    private const float Penalty = 10;
    private readonly LabeledInputs _items;
    private readonly int _categories;
    private readonly FeatureGanOptions _options;
    private readonly float[] _mean, _deviation;
    private readonly VaeGan _model;

    /// <summary>For these items, labeled with their categories.</summary>
    /// <param name="items">Vectors.</param>
    /// <param name="categories">How many categories there are.</param>
    /// <param name="options">How.</param>
    public FeatureGan(LabeledInputs items, int categories, FeatureGanOptions options)
    {
        var width = items.Input.Count;
        (_items, _categories, _options, _mean, _deviation) = (items, categories, options, new float[width], new float[width]);
        for (var f = 0; f < width; f++)
        {
            double[] values = [.. Enumerable.Range(0, items.Count).Select(item => (double)items[item][f])];
            var mean = values.Average();
            (_mean[f], _deviation[f]) = ((float)mean, (float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        }
        _model = new(new MlpEncoder(width, [options.Hidden], options.Latent), new MlpGenerator(options.Latent, [options.Hidden], width, categories),
            new MlpCritic(width, [options.Hidden, options.Hidden], categories), AdversarialLoss.Wasserstein, Penalty);
    }

    /// <summary>The game.</summary>
    public Game<InputBatch> On(Func<InputBatch, Examples> examples)
    {
        var play = new Gan(_model.Generator, _model.Critic, _model.Loss, _model.Penalty).On(examples);
        return new(play.Critic, Goals.Sum((Alone(examples), 1), (play.Generator, _options.Adversarial)));
    }

    /// <summary>Trains the autoencoder, then plays the game. Equal arguments give equal bits.</summary>
    /// <param name="rng">Chance.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public (FeatureSampler Sampler, GameResult Result) Train(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var result = Game(rng).Play(_model.Critic.Start(rng.Fork("critic")), _model.Start(rng.Fork("generator")), rng, null, progress, cancel);
        return (Sampler(result.Generator), result);
    }

    /// <summary>The ablation: the autoencoder alone, for as many steps as it and the generator would make in all.</summary>
    /// <inheritdoc cref="Train"/>
    public FeatureSampler TrainAlone(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Sampler(Game(rng).PlayAlone(_model.Start(rng.Fork("generator")), rng, progress, cancel));

    private Objective<InputBatch> Alone(Func<InputBatch, Examples> examples) => Goals.Mean(_model.Alone(examples, _options.Deviation));

    private WarmGame<InputBatch> Game(Rng rng)
    {
        var examples = Examples.Labeled(_categories);
        return new("autoencoder", Batches(rng), Alone(examples), On(examples), _options.Before, _options.Epochs, _options.Rate);
    }

    private InputSource Batches(Rng rng)
    {
        var values = new float[_items.Count * _mean.Length];
        for (var item = 0; item < _items.Count; item++)
            for (var f = 0; f < _mean.Length; f++)
                if (_deviation[f] > 0) values[item * _mean.Length + f] = (_items[item][f] - _mean[f]) / _deviation[f];
        return new(new LabeledInputs(_mean.Length, values, _items.Labels.ToArray()), _options.Batch, rng.Fork("batches"));
    }

    private FeatureSampler Sampler(Point at) => new(_model, at, _categories, Tensor.Of(_mean.Length, _mean), Tensor.Of(_deviation.Length, _deviation));
}

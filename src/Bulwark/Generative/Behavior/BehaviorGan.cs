using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>Settings of a <see cref="BehaviorGan"/>.</summary>
/// <param name="Epochs">Passes over the users with the critic.</param>
/// <param name="Before">Passes before, of the autoencoder alone.</param>
public sealed record BehaviorGanOptions(int Epochs = 60, int Before = 100)
{
    /// <summary>Users in a batch.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Width of z.</summary>
    public int Latent { get; init; } = 32;

    /// <summary>Width of the first hidden layers.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>Weight of passing for real beside the autoencoder's loss.</summary>
    public float Adversarial { get; init; } = 0.3f;

    /// <summary>The most items of a profile that the players are told.</summary>
    public int MostKnown { get; init; } = 5;

    /// <summary>The rate of the autoencoder alone; that of both players is half of it.</summary>
    public float Rate { get; init; } = 1e-3f;
}

/// <summary>
/// A generator of what users touch, given how much they touch and a few of their items: a conditional variational autoencoder that must also pass for real with
/// codes it draws itself, without an encoder (WGAN-GP). Its loss is the autoencoder's less α E D(G(z | n, h)); the critic sees sets of items, real or made,
/// and what they were given.
/// </summary>
public sealed class BehaviorGan
{
    private const float Penalty = 10, Averaging = 0.99f;
    private const int CriticSteps = 3, Measurements = 10;
    private readonly Interactions _train;
    private readonly BehaviorGanOptions _options;
    private readonly ProfileGenerator _generator;
    private readonly ProfileAutoencoder _autoencoder;
    private readonly MlpCritic _critic;
    private readonly IReadOnlyList<float[]>? _traits;

    /// <summary>For these users.</summary>
    /// <param name="train">Who is learned from.</param>
    /// <param name="options">How.</param>
    /// <param name="traits">(users): what is known of each beside what they touch, equally many numbers, to ask for people like them; null for nothing.</param>
    public BehaviorGan(Interactions train, BehaviorGanOptions options, IReadOnlyList<float[]>? traits = null)
    {
        (_train, _options, _traits) = (train, options, traits);
        var width = ProfileConditions.Width(traits);
        _generator = new(train.ItemCounts(), options.Latent, [options.Hidden, options.Hidden / 2], width);
        _autoencoder = new(_generator, options.Hidden, options.Latent);
        _critic = new(train.ItemCount, [options.Hidden, options.Hidden / 2], 1 + train.ItemCount + width);
    }

    /// <summary>The game.</summary>
    public Game<TBatch> On<TBatch>(Func<TBatch, Examples> examples)
    {
        var play = new Gan(_generator, _critic, AdversarialLoss.Wasserstein, Penalty).On(examples);
        return new(play.Critic, Goals.Sum((Alone(examples), 1), (play.Generator, _options.Adversarial)));
    }

    /// <summary>The autoencoder alone, without a critic.</summary>
    public Objective<TBatch> Alone<TBatch>(Func<TBatch, Examples> examples) => (batch, rng) => at =>
        _autoencoder.Loss(at, examples(batch), rng ?? throw new ArgumentNullException(nameof(rng), "Codes are drawn: pass a source of randomness."));

    /// <summary>Trains the autoencoder, then plays the game. Equal arguments give equal bits.</summary>
    /// <param name="rng">Chance.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public (ProfileSampler Sampler, GameResult Result) Train(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var rule = new Adam(_options.Rate / 2, 0, 0.9f);
        var settings = new GameOptions(_options.Epochs)
        {
            CriticSteps = CriticSteps, Critic = rule, Generator = rule, Averaging = Averaging, MeasureEvery = Math.Max(1, _options.Epochs / Measurements),
            Watch = new(LeastCoverage: 0.5), Ahead = Team.Threads > 1,
        };
        var result = new GameTrainer<BagBatch>(Batches(rng), On(Examples(rng)), settings).Run(
            _critic.Start(rng.Fork("critic")), Autoencoder(_options.Before, rng, progress, cancel), rng.Fork("game"), Measure, progress, cancel);
        return (Sampler(result.Generator), result);
    }

    /// <summary>The ablation: the autoencoder alone, for as many steps as it and the generator would make in all.</summary>
    /// <inheritdoc cref="Train"/>
    public ProfileSampler TrainAlone(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Sampler(Autoencoder(_options.Before + _options.Epochs / CriticSteps, rng, progress, cancel));

    private Point Autoencoder(int epochs, Rng rng, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var stage = new Stage<BagBatch>("autoencoder", epochs, Alone(Examples(rng)));
        var trainer = new Trainer<BagBatch>(Batches(rng), [stage], new() { Rule = new Adam(_options.Rate), Ahead = Team.Threads > 1 });
        return trainer.Run(_autoencoder.Start(rng.Fork("generator")), rng.Fork("autoencoder"), null, progress, cancel).At;
    }

    private ProfileSampler Sampler(Point at) => new(_train.ItemCount, (given, rng) => _generator.Scores(at, given, rng));

    private Func<BagBatch, Examples> Examples(Rng rng) => ProfileConditions.Of(_train.ItemCount, _options.MostKnown, rng.Fork("known"), _traits);

    private BagSource Batches(Rng rng) => new(_train, Math.Min(_options.Batch, _train.UserCount), rng.Fork("batches"));

    /// <summary>Duplicates and distances of as many users as there are; coverage is that of items.</summary>
    private SampleQuality Measure(Point at, Rng rng)
    {
        var quality = BehaviorQuality.Of(_train, Sampler(at).Generate(_train.UserCount, _train, rng, _traits));
        return new(quality.Coverage, quality.Duplicates, new Dictionary<string, double>
        {
            ["activity"] = quality.Activity, ["popularity"] = quality.Popularity, ["reach"] = quality.Reach,
        });
    }
}

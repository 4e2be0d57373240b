using Bulwark.Data;
using Bulwark.Tensors;
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
    private const float Penalty = 10;
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
        var result = Game(rng).Play(_critic.Start(rng.Fork("critic")), _autoencoder.Start(rng.Fork("generator")), rng, Measure, progress, cancel);
        return (Sampler(result.Generator), result);
    }

    /// <summary>The ablation: the autoencoder alone, for as many steps as it and the generator would make in all.</summary>
    /// <inheritdoc cref="Train"/>
    public ProfileSampler TrainAlone(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Sampler(Game(rng).PlayAlone(_autoencoder.Start(rng.Fork("generator")), rng, progress, cancel));

    private WarmGame<BagBatch> Game(Rng rng)
    {
        var examples = ProfileConditions.Of(_train.ItemCount, _options.MostKnown, rng.Fork("known"), _traits);
        var source = new BagSource(_train, Math.Min(_options.Batch, _train.UserCount), rng.Fork("batches"));
        return new("autoencoder", source, Alone(examples), On(examples), _options.Before, _options.Epochs, _options.Rate);
    }

    private ProfileSampler Sampler(Point at) => new(_train.ItemCount, (given, rng) => _generator.Scores(at, given, rng));

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

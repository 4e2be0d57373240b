using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

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
    /// <param name="popularity">(items): how often each occurs, where training is not to tell; null for what it has.</param>
    public BehaviorGan(
        Interactions train, BehaviorGanOptions options, IReadOnlyList<float[]>? traits = null, IReadOnlyList<int>? popularity = null)
    {
        (_train, _options, _traits) = (train, options, traits);
        var width = ProfileConditions.Width(traits);
        _generator = new(popularity ?? train.ItemCounts(), options.Latent, [options.Hidden, options.Hidden / 2], width);
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
        var (critic, generator) = Start(rng);
        var result = Game(rng).Play(critic, generator, rng, Measure, progress, cancel);
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

    /// <summary>Where the players begin.</summary>
    internal (Point Critic, Point Generator) Start(Rng rng) => (_critic.Start(rng.Fork("critic")), _autoencoder.Start(rng.Fork("generator")));

    /// <summary>What draws profiles with these weights of the generator.</summary>
    internal ProfileSampler Sampler(Point at) => new(_train.ItemCount, (given, rng) => _generator.Scores(at, given, rng));

    /// <summary>Duplicates and distances of as many users as there are; coverage is that of items.</summary>
    internal SampleQuality Measure(Point at, Rng rng)
    {
        var quality = BehaviorQuality.Of(_train, Sampler(at).Generate(_train.UserCount, _train, rng, _traits));
        return new(quality.Coverage, quality.Duplicates, new Dictionary<string, double>
        {
            ["activity"] = quality.Activity, ["popularity"] = quality.Popularity, ["reach"] = quality.Reach,
        });
    }
}

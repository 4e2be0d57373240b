using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>Settings of a <see cref="BehaviorGan"/>.</summary>
/// <param name="Epochs">Passes over the users.</param>
public sealed record BehaviorGanOptions(int Epochs = 200)
{
    /// <summary>Users in a batch.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Width of z.</summary>
    public int Latent { get; init; } = 32;

    /// <summary>Width of the hidden layer of each player.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>λ of the critic's gradient penalty.</summary>
    public float Penalty { get; init; } = 10;

    /// <summary>Weight of the likelihood of real profiles beside passing for real; 0 for an adversary alone.</summary>
    public float Likelihood { get; init; } = 1;

    /// <summary>The most items of a profile that the players are told.</summary>
    public int MostKnown { get; init; } = 5;

    /// <summary>The rate of both players.</summary>
    public float Rate { get; init; } = 5e-4f;

    /// <summary>Critic steps before each of the generator's.</summary>
    public int CriticSteps { get; init; } = 3;
}

/// <summary>
/// WGAN-GP of what users touch, given how much they touch and a few of their items, with the likelihood of real profiles beside the critic's word:
/// −E D(G(z | n, h)) − β E Σ ln softmax(ℓ) / m. The critic sees sets of items, real or made, and what they were given.
/// </summary>
public sealed class BehaviorGan
{
    private readonly Interactions _train;
    private readonly BehaviorGanOptions _options;
    private readonly MlpCritic _critic;

    /// <summary>For these users.</summary>
    public BehaviorGan(Interactions train, BehaviorGanOptions options)
    {
        (_train, _options) = (train, options);
        Generator = new(train.ItemCounts(), options.Latent, [options.Hidden, options.Hidden / 2]);
        _critic = new(train.ItemCount, [options.Hidden, options.Hidden / 2], 1 + train.ItemCount);
    }

    /// <summary>G.</summary>
    public ProfileGenerator Generator { get; }

    /// <summary>The game, or, of its generator, the likelihood's part alone.</summary>
    public Game<TBatch> On<TBatch>(Func<TBatch, Examples> examples)
    {
        var play = new Gan(Generator, _critic, AdversarialLoss.Wasserstein, _options.Penalty).On(examples);
        return _options.Likelihood == 0 ? play
            : new(play.Critic, Goals.Sum((play.Generator, 1), (Alone(examples), _options.Likelihood)));
    }

    /// <summary>The likelihood of real profiles alone, without a critic: a mean over the batch.</summary>
    public Objective<TBatch> Alone<TBatch>(Func<TBatch, Examples> examples) => (batch, rng) => at =>
        Generator.Unlikelihood(at, examples(batch), rng ?? throw new ArgumentNullException(nameof(rng), "Codes are drawn: pass a source of randomness."));

    /// <summary>Plays the game. Equal arguments give equal bits.</summary>
    /// <param name="rng">Chance.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public (ProfileSampler Sampler, GameResult Result) Train(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var rule = new Adam(_options.Rate, 0, 0.9f);
        var settings = new GameOptions(_options.Epochs)
        {
            CriticSteps = _options.CriticSteps, Critic = rule, Generator = rule, Averaging = 0.99f, MeasureEvery = Math.Max(1, _options.Epochs / 10),
            Watch = new(LeastCoverage: 0), Ahead = Team.Threads > 1,
        };
        var result = new GameTrainer<BagBatch>(Batches(rng), On(Examples(rng)), settings).Run(
            _critic.Start(rng.Fork("critic")), Generator.Start(rng.Fork("generator")), rng.Fork("game"), Measure, progress, cancel);
        return (Sampler(result.Generator), result);
    }

    /// <summary>The ablation: the same generator, of the likelihood alone, for as many of its steps.</summary>
    public ProfileSampler TrainAlone(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var stage = new Stage<BagBatch>("likelihood", Math.Max(1, _options.Epochs / _options.CriticSteps), Alone(Examples(rng)));
        var trainer = new Trainer<BagBatch>(Batches(rng), [stage], new() { Rule = new Adam(_options.Rate), Ahead = Team.Threads > 1 });
        return Sampler(trainer.Run(Generator.Start(rng.Fork("generator")), rng.Fork("game"), null, progress, cancel).At);
    }

    private ProfileSampler Sampler(Point at) => new(_train.ItemCount, (given, rng) => Generator.Scores(at, given, rng));

    private Func<BagBatch, Examples> Examples(Rng rng) => ProfileConditions.Of(_train.ItemCount, _options.MostKnown, rng.Fork("known"));

    private BagSource Batches(Rng rng) => new(_train, Math.Min(_options.Batch, _train.UserCount), rng.Fork("batches"));

    /// <summary>Duplicates and distances of as many users as there are; coverage is that of items.</summary>
    private SampleQuality Measure(Point at, Rng rng)
    {
        var quality = BehaviorQuality.Of(_train, Sampler(at).Generate(_train.UserCount, _train, rng));
        return new(quality.Coverage, quality.Duplicates, new Dictionary<string, double>
        {
            ["activity"] = quality.Activity, ["popularity"] = quality.Popularity, ["reach"] = quality.Reach,
        });
    }
}

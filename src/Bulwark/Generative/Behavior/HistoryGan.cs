using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Recurrent;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>Settings of a <see cref="HistoryGan"/>.</summary>
/// <param name="Epochs">Passes over the histories with the critic.</param>
/// <param name="Before">Passes before, of the likelihood alone.</param>
public sealed record HistoryGanOptions(int Epochs = 4, int Before = 15)
{
    /// <summary>Histories in a batch.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>L: histories are learned in pieces of so many items.</summary>
    public int Length { get; init; } = 20;

    /// <summary>d, of items and states.</summary>
    public int Dimension { get; init; } = 32;

    /// <summary>Weight of passing for real beside the likelihood.</summary>
    public float Adversarial { get; init; } = 0.1f;

    /// <summary>The most items of a history that the players are told.</summary>
    public int MostKnown { get; init; } = 5;

    /// <summary>The rate of the likelihood alone; that of both players is half of it.</summary>
    public float Rate { get; init; } = 5e-3f;
}

/// <summary>
/// A generator of ordered histories: a model of what comes next, trained by likelihood, whose own histories must also pass for real (WGAN-GP, straight-through
/// choices). Likelihood learns what follows true histories; the critic sees what becomes of its own.
/// </summary>
public sealed class HistoryGan
{
    private const float Penalty = 10;
    private readonly Interactions _train, _pieces;
    private readonly HistoryGanOptions _options;
    private readonly HistoryGenerator _generator;
    private readonly HistoryCritic _critic;

    /// <summary>For these users, by gated recurrent units.</summary>
    /// <exception cref="ArgumentException">Nobody has two items.</exception>
    public HistoryGan(Interactions train, HistoryGanOptions options) : this(train, options, Unit(train, options), Unit(train, options)) { }

    /// <summary>For these users, by a model of what comes next, and another in the critic.</summary>
    /// <param name="train">Who is learned from, oldest first.</param>
    /// <param name="options">How.</param>
    /// <param name="model">ℓ.</param>
    /// <param name="reader">What the critic reads with; it has the options' length and dimension.</param>
    /// <exception cref="ArgumentException">Nobody has two items, or a model fills gaps instead.</exception>
    public HistoryGan(Interactions train, HistoryGanOptions options, ISequenceEncoder model, ISequenceEncoder reader)
    {
        if (model.Cloze || reader.Cloze) throw new ArgumentException("A history is made forward: choose models that tell what follows.");
        (_train, _options, _pieces) = (train, options, Pieces(train, options.Length));
        _generator = new(model, options.Length, HistorySampler.Repeats(train));
        _critic = new(reader, options.Dimension);
    }

    /// <summary>The game.</summary>
    public Game<SequenceBatch> On(Func<SequenceBatch, Examples> examples)
    {
        var play = new Gan(_generator, _critic, AdversarialLoss.Wasserstein, Penalty).On(examples);
        return new(play.Critic, Goals.Sum((Alone, 1), (play.Generator, _options.Adversarial)));
    }

    /// <summary>Trains by likelihood, then plays the game. Equal arguments give equal bits.</summary>
    /// <param name="rng">Chance.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public (HistorySampler Sampler, GameResult Result) Train(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var result = Game(rng).Play(_critic.Start(rng.Fork("critic")), _generator.Start(rng.Fork("generator")), rng, Measure, progress, cancel);
        return (Sampler(result.Generator), result);
    }

    /// <summary>The ablation: likelihood alone, for as many steps as it and the generator would make in all.</summary>
    /// <inheritdoc cref="Train"/>
    public HistorySampler TrainAlone(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Sampler(Game(rng).PlayAlone(_generator.Start(rng.Fork("generator")), rng, progress, cancel));

    private Objective<SequenceBatch> Alone => Goals.Mean(SequenceObjectives.CrossEntropy(_generator.Model));

    private WarmGame<SequenceBatch> Game(Rng rng)
    {
        var examples = HistoryConditions.Of(_train.ItemCount, _options.MostKnown, rng.Fork("known"));
        var source = new NextItemSource(_pieces, _options.Length, _options.Batch, rng.Fork("batches"), 0);
        return new("likelihood", source, Alone, On(examples), _options.Before, _options.Epochs, _options.Rate) { Measurements = 1 };
    }

    private HistorySampler Sampler(Point at)
    {
        var model = new SequenceModel(_generator.Model, _train.ByUser);
        return new(_train.ItemCount, histories => model.ScoreHistories(at, histories));
    }

    private SampleQuality Measure(Point at, Rng rng)
    {
        var quality = HistoryQuality.Of(_train, Sampler(at).Generate(_train.UserCount, _train, rng));
        return new(quality.Sets.Coverage, quality.Sets.Duplicates, new Dictionary<string, double>
        {
            ["popularity"] = quality.Sets.Popularity, ["reach"] = quality.Sets.Reach, ["next"] = 1 - quality.Next, ["later"] = 1 - quality.Later,
        });
    }

    private static Gru4Rec Unit(Interactions train, HistoryGanOptions options) => new(train.ItemCount, new(options.Dimension, options.Length));

    /// <summary>Each history cut into pieces of L + 1 items, the last of each the first of the next, as if each were a user's.</summary>
    private static Interactions Pieces(Interactions train, int length)
    {
        var builder = new InteractionsBuilder(items: train.Items);
        for (var user = 0; user < train.UserCount; user++)
        {
            var items = train.ByUser.Items(user);
            for (var first = 0; first + 1 < items.Length; first += length)
            {
                var piece = builder.Users.GetOrAdd($"{user}/{first}");
                foreach (var item in items[first..Math.Min(items.Length, first + length + 1)]) builder.Add(piece, item);
            }
        }
        return builder.Build();
    }
}

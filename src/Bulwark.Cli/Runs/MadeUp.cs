using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>Made-up people: sets of items or histories in order, of everybody or of a segment, with ratings where the data are ratings.</summary>
/// <param name="Real">Who is learned from.</param>
/// <param name="Traits">(users): for each condition of the segment, whether it holds; null without one.</param>
internal sealed record MadeUp(Interactions Real, float[][]? Traits = null)
{
    /// <summary>People learned from these, and of them in the segment that the settings name.</summary>
    /// <exception cref="UsageException">Nothing is known of people, or nobody is in the segment.</exception>
    public static MadeUp From(Resolved settings, Dataset data)
    {
        if (settings.Get(Known.Segment) is not { } segment) return new(data.Interactions);
        if (settings.Get(Known.Ordered)) throw new UsageException("Histories in order are not made by segment; leave --ordered or --segment out.");
        if (data.Users is not { } users) throw new UsageException($"{data.Name} says nothing about people; leave --segment out or give data with a file of users.");
        float[][] traits;
        try
        {
            traits = segment.Traits(users.Align(data.Interactions.Users));
        }
        catch (KeyNotFoundException unknown)
        {
            throw new UsageException(unknown.Message);
        }
        return traits.Any(Holds) ? new(data.Interactions, traits) : throw new UsageException("Nobody is in the segment; name another, as --segment gender=F.");
    }

    /// <summary>What makes them, in tables.</summary>
    public static string Generator(Resolved settings) => settings.Get(Known.Ordered) ? "history-gan" : "behavior-gan";

    /// <summary>So many of them, the games of the generators that made them, and what those give away where the settings bound it.</summary>
    /// <exception cref="UsageException">What is asked for cannot be private.</exception>
    public (Interactions Rows, IReadOnlyList<ReportGame> Games, IReadOnlyList<ReportRow> Spent) Make(
        Resolved settings, int count, Rng rng, Status status, CancellationToken cancel)
    {
        if (settings.Get(Known.Privacy) is { } budget) return Privately(settings, budget, count, rng, status, cancel);
        var (rows, games) = Freely(settings, count, rng, status, cancel);
        return (rows, games, []);
    }

    private (Interactions, IReadOnlyList<ReportGame>, IReadOnlyList<ReportRow>) Privately(
        Resolved settings, PrivacyBudget budget, int count, Rng rng, Status status, CancellationToken cancel)
    {
        if (settings.Get(Known.Ordered) || Traits is not null)
            throw new UsageException("Histories in order and segments are not made privately; leave --ordered and --segment out, or --privacy.");
        var (name, epochs) = (Generator(settings), settings.Get(Known.BehaviorEpochs));
        return UsageException.OfRefused(() =>
        {
            var options = BehaviorGanOptions.Private with { Before = Math.Max(1, epochs * 3 / 10), Epochs = Math.Max(1, epochs * 3 / 100) };
            var gan = new PrivateBehaviorGan(Real, options, budget.Epsilon, budget.Delta, (float)settings.Get(Known.PrivacyClip));
            var (made, game) = gan.Generate(count, rng.Fork("behavior"), status.Of(name), cancel);
            return (made, (IReadOnlyList<ReportGame>)[new(name, game.Curve)],
                (IReadOnlyList<ReportRow>)[Row("ε", gan.Epsilon), Row("δ", gan.Delta), Row("noise σ", gan.Steps.Noise)]);

            ReportRow Row(string metric, double value) => new(name, "none", 0, metric, value);
        });
    }

    private (Interactions, IReadOnlyList<ReportGame>) Freely(Resolved settings, int count, Rng rng, Status status, CancellationToken cancel)
    {
        var epochs = settings.Get(Known.BehaviorEpochs);
        if (settings.Get(Known.Ordered))
        {
            var (histories, order) = Ordered(epochs, rng.Fork("behavior"), status, cancel);
            return Rated(epochs, histories.Generate(count, Real, rng.Fork("users")), Game(order), rng, status, cancel);
        }
        var (profiles, game) = Augmentation.Behavior(settings, Real, rng, status, cancel, Traits);
        var made = profiles.Generate(count, Real, rng.Fork("users"), Traits, Traits is null ? null : user => Holds(Traits[user]));
        return Rated(epochs, made, Game(game), rng, status, cancel);

        ReportGame Game(GameResult game) => new(Generator(settings), game.Curve);
    }

    private (HistorySampler, GameResult) Ordered(int epochs, Rng rng, Status status, CancellationToken cancel) =>
        UsageException.OfRefused(() => new HistoryGan(Real, new(Math.Max(1, epochs / 20), Math.Max(1, epochs / 5))).Train(rng, status.Of("history-gan"), cancel));

    /// <summary>With ratings, where every row learned from is one.</summary>
    private (Interactions, IReadOnlyList<ReportGame>) Rated(
        int epochs, Interactions made, ReportGame game, Rng rng, Status status, CancellationToken cancel)
    {
        if (Ratings.Of(Real) is not { } ratings || ratings.Rows.Count < Real.DistinctPairs().Count) return (made, [game]);
        var (sampler, rated) = new RatingGan(ratings, new(Math.Max(1, epochs / 20), Math.Max(1, epochs * 2 / 5))).Train(rng.Fork("ratings"), status.Of("rating-gan"), cancel);
        return (sampler.Rate(made, rng.Fork("rated")), [game, new("rating-gan", rated.Curve)]);
    }

    private static bool Holds(float[] traits) => traits.All(trait => trait > 0);
}

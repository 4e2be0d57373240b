using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>
/// What a report says of what was made up: how like real ones it is, and how near to single ones; beside it the same of one half of the real ones against the
/// other, who are as like and as near as strangers are.
/// </summary>
internal static class MadeReport
{
    private const string Control = "half of the real ones", Activity = "ks activity", Popularity = "ks popularity", Touched = "ks popularity of what is touched",
        Coverage = "coverage", Duplicates = "duplicates", Copies = "copies of real ones", Distance = "distance to the nearest real one";
    private const int FewestHalved = 4, Neighbors = 5, MostCompared = 1000;

    private static readonly string[] _lowerIsBetter =
        [Activity, Popularity, Touched, "ks ratings", "ks means of users", "ks deviations of users", "ks means of items", Duplicates, Copies, "energy distance"];

    private const string Protocol =
        $"Distances of distributions (ks) are Kolmogorov's and Smirnov's. '{Control}' are real ones compared with the other half, which all distances to the nearest are to.";

    /// <summary>What all such reports have; to be asked for before the work, whose time it tells.</summary>
    public static Compose Begin(Resolved settings, DataFile data) => new(settings, Protocol, data.Sha256, data.Split, []);

    /// <summary>The report.</summary>
    public static Report Of(this Compose compose, Resolved settings, string title, string sentence, IReadOnlyList<ReportRow> rows, IReadOnlyList<ReportGame> games) =>
        (compose.Of(title, [sentence], rows, [settings.Get(Known.Seed1)]) with { LowerIsBetter = _lowerIsBetter }).With(games);

    /// <summary>Of made-up people; with overlaps of what follows what where they have an order, and distances of ratings where they rate.</summary>
    public static IReadOnlyList<ReportRow> OfPeople(string name, Interactions real, Interactions made, bool ordered, Rng rng)
    {
        int[] users = [.. Enumerable.Range(0, real.UserCount).Where(user => real.ByUser.Items(user).Length > 0)];
        if (users.Length < FewestHalved) return [.. Rows(name, real, made, real)];
        rng.Fork("halves").Shuffle<int>(users);
        var half = users[..(users.Length / 2)].ToHashSet();
        var (some, others) = (real.OfUsers(half.Contains), real.OfUsers(user => !half.Contains(user)));
        return [.. Rows(name, real, made, some), .. Rows(Control, some, others, some)];

        IEnumerable<ReportRow> Rows(string model, Interactions reference, Interactions people, Interactions nearest)
        {
            var sets = BehaviorQuality.Of(reference, people);
            yield return Row(model, Activity, sets.Activity);
            yield return Row(model, Popularity, sets.Popularity);
            yield return Row(model, Touched, sets.Reach);
            yield return Row(model, Coverage, sets.Coverage);
            yield return Row(model, Duplicates, sets.Duplicates);
            yield return Row(model, Copies, Near(people, reference).Count(distance => distance == 0) / (double)Near(people, reference).Length);
            yield return Row(model, Distance, Near(people, nearest).Average());
            if (ordered)
            {
                yield return Row(model, "overlap of pairs of neighbors", HistoryQuality.Overlap(reference, people, 1));
                yield return Row(model, "overlap of pairs five apart", HistoryQuality.Overlap(reference, people, 5));
            }
            if (!made.HasValues || Ratings.Of(reference) is not { } known || Ratings.Of(people) is not { } theirs) yield break;
            var said = RatingQuality.Of(known.Rows, theirs.Rows);
            yield return Row(model, "ks ratings", said.Ratings);
            yield return Row(model, "ks means of users", said.Users);
            yield return Row(model, "ks deviations of users", said.Spread);
            yield return Row(model, "ks means of items", said.Items);
        }

        static double[] Near(Interactions people, Interactions to) => Memorization.Nearest(RankingTask.Rows(people), RankingTask.Rows(to));
    }

    /// <summary>Of vectors of made-up items, (items, d): of at most a thousand of them and of the real ones; nothing where there are too few.</summary>
    public static IReadOnlyList<ReportRow> OfItems(string name, Tensor real, Tensor made, Rng rng)
    {
        if (real.Shape[0] < 2 * (Neighbors + 1) || made.Shape[0] < 2) return [];
        int[] order = [.. Enumerable.Range(0, real.Shape[0])];
        rng.Fork("halves").Shuffle<int>(order);
        var half = Math.Min(order.Length / 2, MostCompared);
        using var scope = Scope.Open();
        var (some, others) = (real.Rows(new(order[..half])), real.Rows(new(order[half..(2 * half)])));
        var drawn = made.Slice(0, 0, Math.Min(made.Shape[0], MostCompared));
        return [.. Rows(name, drawn), .. Rows(Control, others)];

        IEnumerable<ReportRow> Rows(string model, Tensor vectors)
        {
            var quality = SampleQuality.Of(some, vectors, Neighbors);
            var nearest = SampleQuality.Nearest(vectors, some);
            yield return Row(model, Coverage, quality.Coverage);
            yield return Row(model, Duplicates, quality.Duplicates);
            yield return Row(model, "energy distance", quality.Distances["energy"]);
            yield return Row(model, Copies, nearest.Count(distance => distance == 0) / (double)nearest.Length);
            yield return Row(model, Distance, nearest.Average());
        }
    }

    private static ReportRow Row(string model, string metric, double value) => new(model, "none", 0, metric, value);
}

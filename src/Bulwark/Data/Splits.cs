using System.Globalization;
using System.Runtime.InteropServices;
using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>Which training rows become validation rows.</summary>
public enum Holdout
{
    /// <summary>The last item of each user.</summary>
    LastPerUser,

    /// <summary>A random item of each user.</summary>
    RandomPerUser,

    /// <summary>A random share of each user's items.</summary>
    Share,

    /// <summary>The latest share of all rows, as in <see cref="Splits.ByTime"/>.</summary>
    Latest,
}

/// <summary>
/// Ways to part data into training and test rows. All keep the full vocabularies. A held-out (user, item) takes all its rows out of training and
/// puts its latest into the test part; every user keeps at least one item in training.
/// </summary>
public static class Splits
{
    private const string Source = "the interactions";

    /// <summary>Random, stratified by user: <paramref name="trainShare"/> of each user's items, rounded, for training.</summary>
    /// <exception cref="DataException">No user has enough items to give one to the test part.</exception>
    public static Split ByShare(Interactions interactions, double trainShare, Rng rng)
    {
        CheckShare(trainShare);
        var (train, test) = Hold(interactions, items => items - Rounded(items, trainShare), rng.Fork("split"));
        return Finish(interactions, train, test, $"random, {Percent(trainShare)} of each user's items for training", null) with { Mirror = Holdout.Share };
    }

    /// <summary>The last item of each user for testing; users with one item stay in training. Without times, row order counts as time order.</summary>
    /// <exception cref="DataException">No user has two items.</exception>
    public static Split LeaveLastOut(Interactions interactions)
    {
        var (train, test) = Hold(interactions, items => items > 1 ? 1 : 0, null);
        var warning = interactions.HasTimes ? null : "There are no times: the order of rows was taken as the order of time.";
        return Finish(interactions, train, test, "leave-last-out, the last item of each user for testing", warning) with { Mirror = Holdout.LastPerUser };
    }

    /// <summary>
    /// One point in time for all: the earliest <paramref name="trainShare"/> of the rows for training, except those as late as the first test row.
    /// From the rest go pairs that training has, and users and items that training has not; the warning counts them.
    /// </summary>
    /// <param name="interactions">All rows.</param>
    /// <param name="trainShare">How many of the rows are for training.</param>
    /// <param name="newItems">Whether items that training has not stay: for models that rank them by what is known of them.</param>
    /// <exception cref="DataException">There are no times, or one of the parts would be empty.</exception>
    public static Split ByTime(Interactions interactions, double trainShare, bool newItems = false)
    {
        CheckShare(trainShare);
        if (!interactions.HasTimes) throw new DataException(Source, null, "a split by time needs times", "give timestamps or split at random");
        var cutoff = Cutoff(interactions.Time, trainShare);
        var (train, later) = (new List<int>(), new List<int>());
        for (var row = 0; row < interactions.Count; row++) (interactions.Time[row] < cutoff ? train : later).Add(row);
        if (train.Count == 0) throw new DataException(Source, null, "no training rows are left because too many have the earliest time", "split at random");

        var past = interactions.Select([.. train]);
        var known = past.ItemCounts();
        var test = later.FindAll(row =>
            past.ByUser.Items(interactions.User[row]).Length > 0 && (newItems || known[interactions.Item[row]] > 0)
            && !past.ByUser.Contains(interactions.User[row], interactions.Item[row]));
        var dropped = later.Count - test.Count;
        if (test.Count == 0)
            throw new DataException(
                Source, null, $"no test rows are left: of {later.Count} later rows all are of pairs already in training or of users or items unknown to it",
                "choose a smaller training share or another split");
        var warning = dropped == 0 ? null
            : $"Of {later.Count} rows after the split, {dropped} were left out: their pair is in training, or their user{(newItems ? "" : " or item")} is not.";
        var protocol = $"by time, the earliest {Percent(trainShare)} of rows for training{(newItems ? ", items new to it kept" : "")}";
        return Finish(interactions, past, interactions.Select([.. test]).DistinctPairs(), protocol, warning) with { Mirror = Holdout.Latest };
    }

    /// <summary>The parts that the files bring, as they are.</summary>
    /// <exception cref="DataException">They bring no test part.</exception>
    public static Split Given(Dataset dataset)
    {
        var test = dataset.Test ?? throw new DataException(dataset.Name, null, "the files bring no test part", "choose another split");
        var seen = 0;
        for (var row = 0; row < test.Count; row++)
            if (dataset.Interactions.ByUser.Contains(test.User[row], test.Item[row])) seen++;
        var warning = seen == 0 ? null : $"Of {test.Count} test rows, {seen} are of pairs that training has.";
        return Finish(dataset.Interactions, dataset.Interactions, test, "the parts that the files bring", warning) with
        {
            Negatives = dataset.Negatives,
            Mirror = dataset.Interactions.HasTimes ? Holdout.LastPerUser : Holdout.RandomPerUser,
        };
    }

    /// <summary>
    /// Random folds over rows, for cross-validation of ratings: each fold is the test part of one split. Rows that repeat a pair are parted like
    /// any others; reduce an event log with <see cref="Interactions.OfKind"/> or <see cref="Interactions.DistinctPairs"/> first.
    /// </summary>
    /// <exception cref="DataException">There are fewer rows than folds.</exception>
    public static Split[] KFold(Interactions interactions, int folds, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var count = interactions.Count;
        if (count < folds) throw new DataException(Source, null, $"{count} rows are too few for {folds} folds", "choose fewer folds");
        var order = new int[count];
        for (var row = 0; row < count; row++) order[row] = row;
        rng.Fork("folds").Shuffle<int>(order);

        var splits = new Split[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            var (from, to) = ((int)((long)count * fold / folds), (int)((long)count * (fold + 1) / folds));
            int[] test = order[from..to], train = [.. order[..from], .. order[to..]];
            Array.Sort(test);
            Array.Sort(train);
            splits[fold] = Finish(interactions, interactions.Select(train), interactions.Select(test), $"fold {fold + 1} of {folds} over random rows", null);
        }
        return splits;
    }

    /// <summary>Carves a validation part from training rows alone, one row for each held-out (user, item).</summary>
    /// <param name="train">Training rows.</param>
    /// <param name="how">Which of each user's items; users with one item keep it.</param>
    /// <param name="rng">Source of chance; unused for <see cref="Holdout.LastPerUser"/> and <see cref="Holdout.Latest"/>.</param>
    /// <param name="share">Share of each user's items for <see cref="Holdout.Share"/>, of all rows for <see cref="Holdout.Latest"/>.</param>
    /// <exception cref="DataException">No user has enough items.</exception>
    public static (Interactions Train, Interactions Validation) Validation(Interactions train, Holdout how, Rng rng, double share = 0.1)
    {
        CheckShare(share);
        if (how == Holdout.Latest)
        {
            var (past, _, later, _, _, _) = ByTime(train, 1 - share);
            return (past, later);
        }
        var (rest, validation) = how == Holdout.Share
            ? Hold(train, items => items - Rounded(items, 1 - share), rng.Fork("validation"))
            : Hold(train, items => items > 1 ? 1 : 0, how == Holdout.LastPerUser ? null : rng.Fork("validation"));
        if (validation.Count == 0)
            throw new DataException(Source, null, "no user has enough items to give one to validation", "give more data or a larger share");
        return (rest, validation);
    }

    /// <summary>A split whose validation part is carved from its training part.</summary>
    /// <inheritdoc cref="Validation(Interactions, Holdout, Rng, double)"/>
    public static Split Validation(Split split, Holdout how, Rng rng, double share = 0.1)
    {
        var (train, validation) = Validation(split.Train, how, rng, share);
        return split with { Train = train, Validation = validation };
    }

    /// <summary>Takes some of each user's n distinct items out: the latest, or random ones with a source of chance.</summary>
    private static (Interactions Kept, Interactions Held) Hold(Interactions all, Func<int, int> number, Rng? random)
    {
        var histories = all.ByUser;
        var held = new bool[all.Count];
        var rest = new bool[all.Count];
        var stamp = new int[all.ItemCount];                             // the last user + 1 to have the item; negative if held out
        var latest = new List<int>();                                   // the latest row of each item, oldest first
        for (var user = 0; user < all.UserCount; user++)
        {
            var rows = histories.Rows(user);
            latest.Clear();
            for (var at = rows.Length - 1; at >= 0; at--)
            {
                ref var mark = ref stamp[all.Item[rows[at]]];
                if (mark == user + 1) continue;
                mark = user + 1;
                latest.Add(rows[at]);
            }
            latest.Reverse();
            if (random is not null) random.Shuffle(CollectionsMarshal.AsSpan(latest));
            for (var at = latest.Count - number(latest.Count); at < latest.Count; at++)
            {
                held[latest[at]] = true;
                stamp[all.Item[latest[at]]] = -(user + 1);
            }
            foreach (var row in rows) rest[row] = stamp[all.Item[row]] > 0;
        }
        return (all.Select(Where(rest)), all.Select(Where(held)));
    }

    private static int[] Where(bool[] flags)
    {
        var rows = new List<int>();
        for (var row = 0; row < flags.Length; row++)
            if (flags[row]) rows.Add(row);
        return [.. rows];
    }

    private static Split Finish(Interactions all, Interactions train, Interactions test, string protocol, string? warning)
    {
        if (test.Count == 0)
            throw new DataException(
                Source, null, "no test rows are left: no user has enough items to give one up", "give more data or choose a smaller training share");
        var leaks = all.HasTimes && test.HasTimes && Latest(train.Time) > Earliest(test.Time);
        if (leaks) warning = $"{warning} Training rows are later than test rows: the model may learn from the future.".TrimStart();
        return new(train, null, test, null, protocol, warning) { LeaksTime = leaks };
    }

    private static long Latest(ReadOnlySpan<long> times)
    {
        var latest = long.MinValue;
        foreach (var time in times) latest = Math.Max(latest, time);
        return latest;
    }

    private static long Earliest(ReadOnlySpan<long> times)
    {
        var earliest = long.MaxValue;
        foreach (var time in times) earliest = Math.Min(earliest, time);
        return earliest;
    }

    /// <summary>The time of the first row behind a share of all rows in time order.</summary>
    private static long Cutoff(ReadOnlySpan<long> times, double share)
    {
        var sorted = times.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Round(sorted.Length * share))];
    }

    /// <summary>A share of n things, rounded to the nearest number, at least one.</summary>
    private static int Rounded(int n, double share) => Math.Clamp((int)Math.Round(n * share, MidpointRounding.AwayFromZero), Math.Min(n, 1), n);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    private static void CheckShare(double share)
    {
        if (!(share > 0 && share < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
    }
}

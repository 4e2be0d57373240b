namespace Bulwark.Data;

/// <summary>Mean and quantiles of a count, the lower one where a quantile falls between two.</summary>
public sealed record CountSummary(double Mean, int Minimum, int Quarter, int Median, int ThreeQuarters, int NinetyNinth, int Maximum)
{
    internal static CountSummary Of(int[] sorted)
    {
        if (sorted.Length == 0) return new(0, 0, 0, 0, 0, 0, 0);
        return new(sorted.Average(), sorted[0], At(0.25), At(0.5), At(0.75), At(0.99), sorted[^1]);

        int At(double quantile) => sorted[(int)((sorted.Length - 1) * quantile)];
    }
}

/// <summary>Rows whose value lies in [From, To], where From and To are equal for a bar of one value; below To for all but the last range.</summary>
public sealed record ValueBar(float From, float To, int Count);

/// <summary>What a data set looks like, for <c>bulwark data describe</c> and for reports.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Format">Its format in words.</param>
/// <param name="Users">Users with rows.</param>
/// <param name="Items">Items with rows.</param>
/// <param name="Rows">Rows, the given test part included.</param>
/// <param name="TestRows">Rows of the given test part.</param>
/// <param name="Density">Distinct (user, item) pairs over users times items.</param>
/// <param name="Activity">Rows of a user.</param>
/// <param name="Popularity">Rows of an item.</param>
/// <param name="PopularityGini">Gini coefficient of popularity: 0 if all items are equally popular, near 1 if one has nearly all rows.</param>
/// <param name="Values">Histogram: each distinct value up to 20 of them, else ten ranges of equal width. Empty without values.</param>
/// <param name="Kinds">Rows of each kind. Empty without kinds.</param>
/// <param name="First">Time of the earliest row.</param>
/// <param name="Last">Time of the latest row.</param>
/// <param name="Report">What became of the lines: bad rows, repeated rows.</param>
/// <param name="Hash"><see cref="Interactions.Hash"/> of the rows; of a given test part too, behind a plus sign.</param>
public sealed record DatasetProfile(
    string Name, string Format, int Users, int Items, int Rows, int TestRows, double Density, CountSummary Activity, CountSummary Popularity,
    double PopularityGini, IReadOnlyList<ValueBar> Values, IReadOnlyDictionary<EventKind, int> Kinds, DateTimeOffset? First, DateTimeOffset? Last,
    ReadReport Report, string Hash)
{
    private const int MostBars = 20, Ranges = 10;

    /// <summary>The profile of a data set.</summary>
    public static DatasetProfile Of(Dataset dataset)
    {
        Interactions[] parts = dataset.Test is { } test ? [dataset.Interactions, test] : [dataset.Interactions];
        int[] activity = new int[dataset.Interactions.UserCount], popularity = new int[dataset.Interactions.ItemCount];
        var kinds = new SortedDictionary<EventKind, int>();
        var values = new List<float>();
        long first = long.MaxValue, last = long.MinValue;
        foreach (var part in parts)
        {
            foreach (var user in part.User) activity[user]++;
            foreach (var item in part.Item) popularity[item]++;
            foreach (var kind in part.Kind) kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            foreach (var time in part.Time) (first, last) = (Math.Min(first, time), Math.Max(last, time));
            if (part.HasValues) values.AddRange(part.Value);
        }
        var (users, items, rows) = (Positive(activity), Positive(popularity), parts.Sum(part => part.Count));
        return new(
            dataset.Name, dataset.Format, users.Length, items.Length, rows, dataset.Test?.Count ?? 0,
            DistinctPairs(parts) / ((double)users.Length * items.Length), CountSummary.Of(users), CountSummary.Of(items), Gini(items), Bars(values), kinds,
            Moment(first, first <= last), Moment(last, first <= last), dataset.Report, string.Join('+', parts.Select(part => part.Hash)));
    }

    /// <summary>Gini coefficient of ascending counts: 2 Σ i xᵢ / (n Σ xᵢ) − (n + 1) / n, with i from 1.</summary>
    internal static double Gini(ReadOnlySpan<int> ascending)
    {
        double weighted = 0, sum = 0;
        for (var i = 0; i < ascending.Length; i++) (weighted, sum) = (weighted + (i + 1.0) * ascending[i], sum + ascending[i]);
        return sum == 0 ? 0 : 2 * weighted / (ascending.Length * sum) - (ascending.Length + 1.0) / ascending.Length;
    }

    private static long DistinctPairs(Interactions[] parts)
    {
        var pairs = 0L;
        for (var user = 0; user < parts[0].UserCount; user++)
        {
            pairs += parts[0].ByUser.SortedItems(user).Length;
            if (parts.Length < 2) continue;
            foreach (var item in parts[1].ByUser.SortedItems(user))
                if (!parts[0].ByUser.Contains(user, item)) pairs++;
        }
        return pairs;
    }

    private static int[] Positive(int[] counts)
    {
        var positive = Array.FindAll(counts, count => count > 0);
        Array.Sort(positive);
        return positive;
    }

    private static DateTimeOffset? Moment(long seconds, bool known)
    {
        var representable = seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return known && representable ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    private static List<ValueBar> Bars(List<float> values)
    {
        var distinct = new SortedDictionary<float, int>();
        foreach (var value in values)
        {
            distinct[value] = distinct.GetValueOrDefault(value) + 1;
            if (distinct.Count > MostBars) return EqualRanges(values);
        }
        return [.. distinct.Select(bar => new ValueBar(bar.Key, bar.Key, bar.Value))];
    }

    private static List<ValueBar> EqualRanges(List<float> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var width = ((double)high - low) / Ranges;
        var counts = new int[Ranges];
        foreach (var value in values) counts[Math.Min(Ranges - 1, (int)((value - (double)low) / width))]++;
        return [.. counts.Select((count, at) => new ValueBar((float)(low + at * width), at == Ranges - 1 ? high : (float)(low + (at + 1) * width), count))];
    }
}

namespace Bulwark.Evaluation;

/// <summary>Metrics of what is shown, beside whether it is right: how much of the catalog, how evenly, how new, how varied.</summary>
/// <remarks>Lists hold no ties to settle: equal scores stand in ascending order of items. An empty list counts nowhere.</remarks>
public static class ListMetrics
{
    /// <summary>Coverage@k = distinct items in the first k places of all lists / items in the catalog.</summary>
    public static ListMetric Coverage(int k) => new($"coverage@{RankingMetrics.Positive(k)}", k, lists =>
        (double)Exposure(lists, k).Count(shown => shown > 0) / lists.ItemCount);

    /// <summary>
    /// Gini@k of exposure = Σᵢ (2i − n − 1)·eᵢ / (n·Σᵢ eᵢ), with eᵢ ascending how often each of the n items of the catalog stands in the first
    /// k places of a list: 0 if all are shown as often, 1 − 1/n if one is shown alone. 0 where nothing is shown.
    /// </summary>
    public static ListMetric Gini(int k) => new($"gini@{RankingMetrics.Positive(k)}", k, lists =>
    {
        var exposure = Exposure(lists, k);
        Array.Sort(exposure);
        double weighted = 0, total = 0;
        for (var i = 0; i < exposure.Length; i++)
        {
            weighted += (2.0 * (i + 1) - exposure.Length - 1) * exposure[i];
            total += exposure[i];
        }
        return total == 0 ? 0 : weighted / (exposure.Length * total);
    });

    /// <summary>
    /// Novelty@k = the mean over a list's first k items of −log₂(nᵢ / N), then over users, in bits: nᵢ of all N training interactions are
    /// with item i (self-information, Zhou et al. 2010). An item nobody touched in training counts as touched once.
    /// </summary>
    /// <param name="k">The cutoff.</param>
    /// <param name="popularity">(items): training interactions of each.</param>
    public static ListMetric Novelty(int k, IReadOnlyList<int> popularity)
    {
        var total = popularity.Sum(count => (long)count);
        var bits = popularity.Select(count => -Math.Log2(Math.Max(count, 1) / (double)Math.Max(total, 1))).ToArray();
        return new($"novelty@{RankingMetrics.Positive(k)}", k, lists => MeanOfLists(lists, k, 1, items =>
        {
            var sum = 0.0;
            foreach (var item in items) sum += bits[item];
            return sum / items.Length;
        }));
    }

    /// <summary>
    /// Diversity@k = the mean distance over the unordered pairs of a list's first k items, then over users (intra-list distance, Ziegler
    /// et al. 2005). Lists of one item have no pair and count nowhere; 0 if there is no other list.
    /// </summary>
    /// <param name="k">The cutoff.</param>
    /// <param name="distance">Of two items, symmetric: see <see cref="ItemDistance"/>.</param>
    public static ListMetric Diversity(int k, Func<int, int, double> distance) =>
        new($"diversity@{RankingMetrics.Positive(k)}", k, lists => MeanOfLists(lists, k, 2, items =>
        {
            var sum = 0.0;
            for (var i = 1; i < items.Length; i++)
                foreach (var other in items[..i]) sum += distance(items[i], other);
            return sum / (items.Length * (items.Length - 1) / 2.0);
        }));

    /// <summary>The goals beside accuracy, of which more is better: coverage, novelty and diversity.</summary>
    /// <param name="k">The cutoff.</param>
    /// <param name="popularity">(items): training interactions of each.</param>
    /// <param name="distance">Of two items: see <see cref="ItemDistance"/>.</param>
    public static IReadOnlyList<ListMetric> Goals(int k, IReadOnlyList<int> popularity, Func<int, int, double> distance) =>
        [Coverage(k), Novelty(k, popularity), Diversity(k, distance)];

    private static int[] Exposure(Recommendations lists, int k)
    {
        var exposure = new int[lists.ItemCount];
        for (var n = 0; n < lists.Users.Count; n++)
            foreach (var item in First(lists, n, k)) exposure[item]++;
        return exposure;
    }

    private static double MeanOfLists(Recommendations lists, int k, int shortest, Func<ReadOnlySpan<int>, double> score)
    {
        var (sum, counted) = (0.0, 0);
        for (var n = 0; n < lists.Users.Count; n++)
        {
            var items = First(lists, n, k);
            if (items.Length < shortest) continue;
            sum += score(items);
            counted++;
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static ReadOnlySpan<int> First(Recommendations lists, int n, int k)
    {
        if (k > lists.K) throw new ArgumentException($"These lists hold {lists.K} items: make them at least {k} long.", nameof(lists));
        var items = lists.Items(n);
        return items[..Math.Min(k, items.Length)];
    }
}

using Bulwark.Defenses.Detection;
using MathNet.Numerics;

namespace Bulwark.Server.Monitoring;

/// <summary>
/// Items in surge. Of n pairs in the span an item with past share s has x accounts, x ~ negative binomial with mean μ = n s and variance
/// μ + μ² (1/w + φ): w is how many pairs s rests on, φ how much items' shares move anyway, from (x − μ)² over all items, the median of earlier spans. An
/// item surges if P(X ≥ x) ≤ α / items (Bonferroni) and less than is usual for the luckiest item of a span.
/// </summary>
internal sealed class SurgeSearch(MonitorOptions options)
{
    private const double Candidate = 0.01;                   // P below which an item is worth a second look
    private const double LeastNoise = 0.5;                   // of −log₁₀ P of the luckiest item
    private readonly ControlChart _luckiest = new(options.History);
    private readonly Queue<double> _fluctuation = [];

    /// <summary>What is found in a span.</summary>
    /// <param name="Surging">Items in surge, by P.</param>
    /// <param name="Candidates">Items, by P, that might be: too little to tell.</param>
    public sealed record Found(IReadOnlyList<Surge> Surging, IReadOnlyList<int> Candidates);

    /// <summary>Searches a span, whose windows are not yet in the past.</summary>
    public Found In(TrafficSpan span, ItemPast past, Func<int, bool> isNew)
    {
        var phi = _fluctuation.Count == 0 ? 0 : Math.Max(0, Robust.Median(_fluctuation));
        var items = span.ByItem.Select(item => (Item: item.Key, Accounts: item.Value, P: Tail(item.Value.Count, span.Pairs, past, item.Key, phi)))
            .OrderBy(item => item.P).ThenBy(item => item.Item).ToArray();
        Remember(span, past);
        var bonferroni = options.FalseAlarms / Math.Max(past.Items, items.Length);
        var usual = _luckiest.Judge(-Math.Log10(Math.Max(items[0].P, double.Epsilon)), LeastNoise, 1);
        var bound = Math.Min(bonferroni, double.IsNaN(usual.Bound) ? 1 : Math.Pow(10, -usual.Bound));
        return new(
            [.. items.TakeWhile(item => item.P <= bound).Select(item => new Surge(
                item.Item, item.Accounts.Count, span.Pairs * past.ShareOf(item.Item), item.P, Share(item.Accounts, pair => isNew(pair.User)),
                Share(item.Accounts, pair => pair.Listed), past.ListedShareOf(item.Item)))],
            [.. items.TakeWhile(item => item.P <= Candidate).Select(item => item.Item)]);
    }

    private static double Share(List<Pair> pairs, Func<Pair, bool> counts) => (double)pairs.Count(counts) / pairs.Count;

    /// <summary>P(X ≥ x) = I_q(x, r), q = μ / (μ + r), r = 1 / (1/w + φ).</summary>
    private static double Tail(int x, int pairs, ItemPast past, int item, double phi)
    {
        var (mean, r) = (pairs * past.ShareOf(item), 1 / (1 / past.WeightOf(item) + phi));
        return SpecialFunctions.BetaRegularized(x, r, mean / (mean + r));
    }

    /// <summary>φ = Σ ((x − μ)² − μ − μ²/w) / Σ μ² over the items with a past.</summary>
    private void Remember(TrafficSpan span, ItemPast past)
    {
        var (excess, square) = (0.0, 0.0);
        for (var item = 0; item < past.Items; item++)
        {
            var (x, mean) = (span.ByItem.TryGetValue(item, out var accounts) ? accounts.Count : 0, span.Pairs * past.ShareOf(item));
            excess += (x - mean) * (x - mean) - mean - mean * mean / past.WeightOf(item);
            square += mean * mean;
        }
        if (square > 0) _fluctuation.Enqueue(excess / square);
        if (_fluctuation.Count > options.History) _fluctuation.Dequeue();
    }
}

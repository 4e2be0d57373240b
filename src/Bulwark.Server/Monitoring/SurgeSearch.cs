using Bulwark.Defenses.Detection;
using MathNet.Numerics;

namespace Bulwark.Server.Monitoring;

/// <summary>
/// Items in surge. Of n pairs in the span an item with past share s has x accounts, x ~ negative binomial with mean μ = n s and variance
/// μ + μ² (1/w + φ): w is how many pairs s rests on, φ how much items' shares move anyway, from (x − μ)² over all items, the median of earlier spans. An
/// item surges if P(X ≥ x) ≤ α / items (Bonferroni) and less than is usual for the luckiest item of a span. Of an item that came within the history the past
/// says little: μ is then at least the mean of such items in earlier spans, and r = μ² / (variance − μ) theirs.
/// </summary>
internal sealed class SurgeSearch(MonitorOptions options)
{
    private const double Candidate = 0.05;                   // P below which an item is worth a second look
    private const double LeastNoise = 0.5;                   // of −log₁₀ P of the luckiest item
    private readonly ControlChart _luckiest = new(options.History);
    private readonly Queue<double> _fluctuation = [];
    private readonly Queue<Moments> _fresh = [];             // of the accounts of items that came within the history

    /// <summary>What is found in a span.</summary>
    /// <param name="Surging">Items in surge, by P.</param>
    /// <param name="Candidates">Items, by P, that might be: too little to tell.</param>
    public sealed record Found(IReadOnlyList<Surge> Surging, IReadOnlyList<int> Candidates);

    /// <summary>Searches a span.</summary>
    /// <param name="span">Its windows are not yet in the past.</param>
    /// <param name="past">What is known of items.</param>
    /// <param name="isNew">Whether an account came within the span.</param>
    /// <param name="isFresh">Whether an item came within the history.</param>
    public Found In(TrafficSpan span, ItemPast past, Func<int, bool> isNew, Func<int, bool> isFresh)
    {
        var phi = _fluctuation.Count == 0 ? 0 : Math.Max(0, Robust.Median(_fluctuation));
        var fresh = _fresh.Aggregate(default(Moments), (sum, one) => sum + one);
        var items = span.ByItem.Select(item => (Item: item.Key, Accounts: item.Value, Usual: Usual(item.Key)))
            .Select(item => (item.Item, item.Accounts, item.Usual.Mean, P: Tail(item.Accounts.Count, item.Usual.Mean, item.Usual.Shape)))
            .OrderBy(item => item.P).ThenBy(item => item.Item).ToArray();
        Remember(span, past, isFresh);
        var bonferroni = options.FalseAlarms / Math.Max(past.Items, items.Length);
        var luck = -Math.Log10(Math.Max(items[0].P, double.Epsilon));
        var usual = _luckiest.Judge(luck, LeastNoise, 1);
        _luckiest.Remember(luck);
        var bound = Math.Min(bonferroni, double.IsNaN(usual.Bound) ? 1 : Math.Pow(10, -usual.Bound));
        return new(
            [.. items.TakeWhile(item => item.P <= bound).Where(item => item.Accounts.Count >= StepSearch.LeastAccounts).Select(item => new Surge(
                item.Item, item.Accounts.Count, item.Mean, item.P, Share(item.Accounts, pair => isNew(pair.User)),
                Share(item.Accounts, pair => pair.Listed), past.ListedShareOf(item.Item)))],
            [.. items.TakeWhile(item => item.P <= Candidate).Select(item => item.Item)]);

        (double Mean, double Shape) Usual(int item)
        {
            var (mean, shape) = (span.Pairs * past.ShareOf(item), 1 / (1 / past.WeightOf(item) + phi));
            return isFresh(item) && fresh.Mean > mean ? (fresh.Mean, fresh.Shape) : (mean, shape);
        }
    }

    private static double Share(List<Pair> pairs, Func<Pair, bool> counts) => (double)pairs.Count(counts) / pairs.Count;

    /// <summary>P(X ≥ x) = I_q(x, r), q = μ / (μ + r).</summary>
    private static double Tail(int x, double mean, double r) => SpecialFunctions.BetaRegularized(x, r, mean / (mean + r));

    /// <summary>φ = Σ ((x − μ)² − μ − μ²/w) / Σ μ² over the items with a past.</summary>
    private void Remember(TrafficSpan span, ItemPast past, Func<int, bool> isFresh)
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
        _fresh.Enqueue(Moments.Of(span.ByItem.Where(item => isFresh(item.Key)).Select(item => item.Value.Count)));
        if (_fresh.Count > options.History) _fresh.Dequeue();
    }

    /// <summary>n, Σ x and Σ x².</summary>
    private readonly record struct Moments(int Count, double Sum, double Square)
    {
        public double Mean => Count == 0 ? 0 : Sum / Count;

        /// <summary>r of a negative binomial with this mean and variance; large where it is nearly a Poisson distribution.</summary>
        public double Shape => Mean * Mean / Math.Max(1e-3 * Mean, Square / Count - Mean * Mean - Mean);

        public static Moments Of(IEnumerable<int> counts) => counts.Aggregate(default(Moments), (sum, x) => sum + new Moments(1, x, (double)x * x));

        public static Moments operator +(Moments a, Moments b) => new(a.Count + b.Count, a.Sum + b.Sum, a.Square + b.Square);
    }
}

using Bulwark.Tensors;

namespace Bulwark.Models.Reranking;

/// <summary>
/// Calibrated recommendations (Steck 2018): a list whose categories stand in the proportions p of what the user touched. Each place goes to the item that
/// adds most to (1 − λ) Σ s(i) − λ KL(p ‖ q̃), with scores s brought to [0, 1] over the candidates and q̃ = (1 − α) q + α p of the list so far.
/// </summary>
/// <param name="categories">(items, categories): p(g | i), by rows that are scaled to sum 1 here; an item may have none.</param>
public sealed class Calibration(SparseRows categories)
{
    private const double Alpha = 0.01;                       // α, as published
    private readonly SparseRows _shares = Shares(categories);

    /// <summary>The re-ranking at one λ.</summary>
    /// <param name="lambda">λ in [0, 1]: 0 keeps the order of scores, 1 looks at the proportions alone.</param>
    /// <param name="candidates">How many of the best items may enter, if that is more than the list is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is outside [0, 1], or there are no candidates.</exception>
    public Rerank At(float lambda, int candidates = 100)
    {
        if (!(lambda is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        return (scores, history, k) =>
        {
            var (items, relevance) = Candidates.Of(scores, Math.Max(candidates, k));
            var (wanted, shown, with) = (Sum(history), new double[_shares.ColumnCount], new double[_shares.ColumnCount]);
            return Candidates.Greedy(items, k, n =>
            {
                shown.CopyTo(with, 0);
                Add(items[n], with);
                return (1 - lambda) * relevance[n] - lambda * Divergence(wanted, with);
            }, taken => Add(items[taken], shown));
        };
    }

    /// <summary>KL(p ‖ q̃) in nats of a list: 0 where its categories stand as in the history, or the history has none.</summary>
    /// <exception cref="IndexOutOfRangeException">An item has no row.</exception>
    public double Divergence(ReadOnlySpan<int> history, ReadOnlySpan<int> list) => Divergence(Sum(history), Sum(list));

    private static double Divergence(double[] wanted, double[] shown)
    {
        var (all, there, sum) = (wanted.Sum(), shown.Sum(), 0.0);
        for (var g = 0; g < wanted.Length; g++)
        {
            if (wanted[g] <= 0) continue;
            var (p, q) = (wanted[g] / all, there > 0 ? shown[g] / there : 0);
            sum += p * Math.Log(p / ((1 - Alpha) * q + Alpha * p));
        }
        return sum;
    }

    private double[] Sum(ReadOnlySpan<int> items)
    {
        var sum = new double[_shares.ColumnCount];
        foreach (var item in items) Add(item, sum);
        return sum;
    }

    private void Add(int item, double[] to)
    {
        var columns = _shares.Row(item);
        var values = _shares.Values(item);
        for (var n = 0; n < columns.Length; n++) to[columns[n]] += values[n];
    }

    private static SparseRows Shares(SparseRows categories)
    {
        var sums = new float[categories.RowCount];
        for (var item = 0; item < sums.Length; item++)
            foreach (var value in categories.Values(item))
                sums[item] += value >= 0 ? value : throw new ArgumentException($"Item {item} has a negative share of a category.", nameof(categories));
        return categories.Map((item, _, value) => sums[item] > 0 ? value / sums[item] : 0);
    }
}

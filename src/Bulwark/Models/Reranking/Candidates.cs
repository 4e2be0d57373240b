using Bulwark.Tensors.Kernels;

namespace Bulwark.Models.Reranking;

/// <summary>What is re-ranked: the best items by score alone, with their scores brought to [0, 1].</summary>
internal static class Candidates
{
    /// <summary>Items by descending score, and (score − lowest) / (highest − lowest) of each; 1 where all are equal.</summary>
    public static (int[] Items, double[] Relevance) Of(ReadOnlySpan<float> scores, int most)
    {
        var (items, values) = (new int[Math.Min(most, scores.Length)], new float[Math.Min(most, scores.Length)]);
        var count = TopK.Select(scores, items, values);
        var relevance = new double[count];
        for (var n = 0; n < count; n++)
            relevance[n] = values[0] > values[count - 1] ? ((double)values[n] - values[count - 1]) / ((double)values[0] - values[count - 1]) : 1;
        return (items[..count], relevance);
    }

    /// <summary>k times the best candidate that is left, by a gain that may depend on those taken; of equal ones, the better by score.</summary>
    /// <param name="items">Candidates, best first.</param>
    /// <param name="k">How many to take.</param>
    /// <param name="gain">Of candidate n, at present.</param>
    /// <param name="take">Told which candidate was taken.</param>
    public static int[] Greedy(int[] items, int k, Func<int, double> gain, Action<int> take)
    {
        var (list, taken) = (new int[Math.Min(k, items.Length)], new bool[items.Length]);
        for (var place = 0; place < list.Length; place++)
        {
            var (best, most) = (-1, double.NegativeInfinity);
            for (var n = 0; n < items.Length; n++)
                if (!taken[n] && gain(n) is var value && (best < 0 || value > most)) (best, most) = (n, value);
            (list[place], taken[best]) = (items[best], true);
            take(best);
        }
        return list;
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Evaluation;

/// <summary>The best items of one row of scores.</summary>
/// <param name="Items">Best first; equal scores in ascending order of items.</param>
/// <param name="Scores">Theirs.</param>
public sealed record BestItems(int[] Items, float[] Scores)
{
    /// <summary>At most so many of those that have a score, without some.</summary>
    /// <param name="scores">(items); what is left out gets −∞, which like NaN is no score.</param>
    /// <param name="without">Items to leave out; those behind the last score are none of these.</param>
    /// <param name="count">How many at most.</param>
    public static BestItems Of(Span<float> scores, ReadOnlySpan<int> without, int count)
    {
        foreach (var item in without)
            if (item < scores.Length) scores[item] = float.NegativeInfinity;
        var (items, best) = (new int[Math.Min(count, scores.Length)], new float[Math.Min(count, scores.Length)]);
        var found = TopK.Select(scores, items, best);
        return new(items[..found], best[..found]);
    }
}

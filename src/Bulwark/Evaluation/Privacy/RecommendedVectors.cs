using Bulwark.Data;
using Bulwark.Models.Linear;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Evaluation.Privacy;

/// <summary>
/// What an attacker sees who knows a history and what was recommended for it: the mean vector of the touched items less that of the recommended ones, for members are
/// recommended what suits them better (Zhang et al. 2021). Item vectors come from a factorization of all interactions, whoever was a member.
/// </summary>
internal sealed class RecommendedVectors
{
    private const int Dimension = 16, Recommended = 20;
    private readonly Tensor _items;                          // (items, d)

    public RecommendedVectors(Interactions all, Rng rng)
    {
        var options = new PureSvdOptions(Math.Min(Dimension, Math.Min(all.ItemCount, all.UserCount) - 1));
        var model = PureSvd.Model(all.UserCount, all.ItemCount, options);
        _items = PureSvd.Fit(model, all, options, rng)[model.Items].Keep();
    }

    /// <summary>(d). The scores of touched items are overwritten.</summary>
    public float[] Of(ReadOnlySpan<int> history, Span<float> scores)
    {
        foreach (var item in history) scores[item] = float.NegativeInfinity;
        var (best, values) = (new int[Math.Min(Recommended, scores.Length)], new float[Math.Min(Recommended, scores.Length)]);
        var count = TopK.Select(scores, best, values);
        var difference = new float[_items.Shape[1]];
        Add(history, 1f / history.Length, difference);
        Add(best.AsSpan(0, count), -1f / Math.Max(count, 1), difference);
        return difference;
    }

    private void Add(ReadOnlySpan<int> items, float share, Span<float> to)
    {
        foreach (var item in items)
            for (var d = 0; d < to.Length; d++) to[d] += share * _items.Values[item * to.Length + d];
    }
}

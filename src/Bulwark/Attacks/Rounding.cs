using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>From a search's move to one that real data could make.</summary>
internal static class Rounding
{
    private const float Drift = 1e-4f;                       // so near to a whole number is one

    /// <summary>Where the mask is 1, the nearest whole value on the way back to the clean one, or the clean one: what is rounded stays in a ball and in a box.</summary>
    public static Tensor TowardClean(Tensor value, Tensor delta, Tensor? mask)
    {
        if (mask is null) return delta;
        ReadOnlySpan<float> clean = value.Values, whole = mask.ExpandTo(value.Shape).Values;
        var moves = delta.Values.ToArray();
        for (var i = 0; i < moves.Length; i++)
        {
            if (whole[i] == 0 || moves[i] == 0) continue;
            var to = moves[i] > 0 ? MathF.Floor(clean[i] + moves[i] + Drift) : MathF.Ceiling(clean[i] + moves[i] - Drift);
            moves[i] = (to - clean[i]) * moves[i] > 0 ? to - clean[i] : 0;
        }
        return Tensor.Of(delta.Shape, moves);
    }

    /// <summary>Of each row the <paramref name="budget"/> largest changes; of equal ones, the first. A block changes as a whole or not at all.</summary>
    public static Tensor Afford(Tensor delta, int budget, IReadOnlyList<(int First, int Count)> blocks)
    {
        var (stored, width) = (delta.Stored, delta.Shape.RowLength);
        if (budget >= width) return delta;
        var moves = stored.Values.ToArray();
        var single = Enumerable.Range(0, width).Where(i => !blocks.Any(block => i >= block.First && i < block.First + block.Count)).Select(i => (First: i, Count: 1));
        for (var row = 0; row < moves.Length; row += width)
        {
            var left = budget;
            var ordered = single.Concat(blocks).OrderByDescending(group => Enumerable.Range(row + group.First, group.Count).Max(i => MathF.Abs(moves[i]))).ToArray();
            foreach (var (first, count) in ordered)
            {
                var changed = Enumerable.Range(row + first, count).Count(i => moves[i] != 0);
                if (changed <= left) left -= changed;
                else Array.Clear(moves, row + first, count);
            }
        }
        return delta.WithStored(Tensor.Of(stored.Shape, moves));
    }
}

using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>Blocks of columns of which exactly one is 1: a search goes through mixtures of categories, and what it ends with is one category again.</summary>
internal static class Categories
{
    /// <summary>
    /// In each block max_k g_k − min_k g_k at the best category and g_i − max_k g_k at the others: all weight goes to the category that gains most, where a
    /// step along the sign of g would raise several at once.
    /// </summary>
    public static Tensor Toward(Tensor gradient, IReadOnlyList<(int First, int Count)> blocks)
    {
        if (blocks.Count == 0) return gradient;
        var (stored, width) = (gradient.Stored, gradient.Shape.RowLength);
        var slopes = stored.Values.ToArray();
        ForEach(slopes.Length, width, blocks, (first, count) =>
        {
            var block = slopes.AsSpan(first, count);
            var (high, low) = (float.NegativeInfinity, float.PositiveInfinity);
            foreach (var slope in block) (high, low) = (Math.Max(high, slope), Math.Min(low, slope));
            var best = block.IndexOf(high);
            foreach (ref var slope in block) slope -= high;
            block[best] = high - low;
        });
        return gradient.WithStored(Tensor.Of(stored.Shape, slopes));
    }

    /// <summary>The nearest mixtures of categories, max(x − τ, 0) with a sum of 1 (Duchi et al. 2008). A block without a category stays so.</summary>
    public static Tensor Relaxed(Tensor value, Tensor delta, IReadOnlyList<(int First, int Count)> blocks)
    {
        if (blocks.Count == 0) return delta;
        var (clean, moves) = (value.Values.ToArray(), delta.Values.ToArray());
        ForEach(moves.Length, value.Shape.RowLength, blocks, (first, count) =>
        {
            var block = moves.AsSpan(first, count);
            if (!Moves(clean.AsSpan(first, count), block)) block.Clear();
            else
            {
                for (var i = 0; i < count; i++) block[i] += clean[first + i];
                var (sum, threshold) = (0f, 0f);
                foreach (var (n, x) in block.ToArray().OrderDescending().Index())
                    if ((sum += x) - 1 < (n + 1) * x) threshold = (sum - 1) / (n + 1);
                for (var i = 0; i < count; i++) block[i] = MathF.Max(block[i] - threshold, 0) - clean[first + i];
            }
        });
        return Tensor.Of(delta.Shape, moves);
    }

    /// <summary>
    /// In each block the category of the largest moved value, of equal ones the clean one; where a row then leaves the ball, its blocks stay as they were, as does a
    /// block without a category.
    /// </summary>
    public static Tensor Whole(Tensor value, Tensor delta, IReadOnlyList<(int First, int Count)> blocks, Ball ball)
    {
        if (blocks.Count == 0) return delta;
        var (clean, moves, width) = (value.Values.ToArray(), delta.Values.ToArray(), value.Shape.RowLength);
        for (var row = 0; row < moves.Length; row += width)
        {
            foreach (var (first, count) in blocks)
            {
                int[] columns = [.. Enumerable.Range(row + first, count)];
                var best = columns.OrderByDescending(i => clean[i] + moves[i]).ThenByDescending(i => clean[i]).First();
                var moved = Moves(clean.AsSpan(row + first, count), moves.AsSpan(row + first, count));
                foreach (var i in columns) moves[i] = moved ? (i == best ? 1 : 0) - clean[i] : 0;
            }
            var (from, to) = ball.Per == Per.Tensor ? (0, moves.Length) : (row, row + width);
            if (ball.Sizes(Tensor.Of((1, to - from), moves[from..to]), Per.Tensor).Max().Item() <= ball.Epsilon) continue;
            foreach (var (first, count) in blocks) Array.Clear(moves, row + first, count);
        }
        return Tensor.Of(delta.Shape, moves);
    }

    /// <summary>Whether a block of one category moves.</summary>
    private static bool Moves(ReadOnlySpan<float> clean, ReadOnlySpan<float> moves) => clean.Contains(1) && moves.ContainsAnyExcept(0);

    private static void ForEach(int length, int width, IReadOnlyList<(int First, int Count)> blocks, Action<int, int> work)
    {
        for (var row = 0; row < length; row += width)
            foreach (var (first, count) in blocks) work(row + first, count);
    }
}

using System.Runtime.Intrinsics;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
public sealed class TopKTests
{
    private delegate int Selection(ReadOnlySpan<float> scores, int first, Span<int> indices, Span<float> values, int found);

    /// <summary>Of (1, 3, −∞, 3, NaN, 2), the best four are 3 at 1, 3 at 3, 2 at 5, 1 at 0.</summary>
    [Fact]
    public void BestFirstAndTiesByAscendingIndex()
    {
        var (indices, values) = (new int[4], new float[4]);
        Assert.Equal(4, TopK.Select([1, 3, float.NegativeInfinity, 3, float.NaN, 2], indices, values));
        Assert.Equal([1, 3, 5, 0], indices);
        Assert.Equal([3, 3, 2, 1], values);
    }

    [Fact]
    public void FewerThanKAreFoundWhenFewerAreFinite()
    {
        var (indices, values) = (new[] { -1, -1, -1 }, new float[3]);
        Assert.Equal(2, TopK.Select([float.NaN, 5, float.NegativeInfinity, float.PositiveInfinity], indices, values));
        Assert.Equal([3, 1, -1], indices);
    }

    [Fact]
    public void NothingIsKeptOfNothing()
    {
        Assert.Equal(0, TopK.Select([], new int[3], new float[3]));
        Assert.Equal(0, TopK.Select([1, 2], [], []));
    }

    /// <summary>Sorting by (score falling, index rising) is the definition. Rows hold many ties, −∞, +∞ and NaN.</summary>
    [Fact]
    public void AgreesWithSortingAtEveryLengthAndWidth()
    {
        var rng = new Rng(1);
        for (var length = 0; length < 1200; length = length < 150 ? length + 1 : length + 149)
            foreach (var k in new[] { 1, 2, 10, 16, 17, 64, 100 })
                foreach (var levels in new[] { 3, 50, 1 << 20 })
                {
                    var row = new float[length];
                    foreach (ref var x in row.AsSpan()) x = Score(rng, levels);
                    Check(row, k);
                }
    }

    [Fact]
    public void RisingFallingConstantAndEmptyRows()
    {
        foreach (var k in new[] { 1, 10, 40 })
        {
            Check(Enumerable.Range(0, 1000).Select(i => (float)i).ToArray(), k);
            Check(Enumerable.Range(0, 1000).Select(i => -(float)i).ToArray(), k);
            Check(Enumerable.Repeat(0f, 1000).ToArray(), k);
            Check(Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 0f : -0f).ToArray(), k);
            Check(Enumerable.Repeat(float.MinValue, 1000).ToArray(), k);
            Check(Enumerable.Repeat(float.PositiveInfinity, 1000).ToArray(), k);
            Check(Enumerable.Repeat(float.NegativeInfinity, 1000).ToArray(), k);
            Check(Enumerable.Repeat(float.NaN, 1000).ToArray(), k);
        }
    }

    [Fact]
    public void ARowMayComeInPieces()
    {
        var rng = new Rng(2);
        var row = new float[3000];
        foreach (ref var x in row.AsSpan()) x = Score(rng, 500);
        foreach (var selection in Widths())
        {
            var (indices, values, found) = (new int[10], new float[10], 0);
            for (var first = 0; first < row.Length; first += 700)
                found = selection(row.AsSpan(first, Math.Min(700, row.Length - first)), first, indices, values, found);
            Assert.Equal(Sorted(row).Take(10), indices);
        }
    }

    private static float Score(Rng rng, int levels) => rng.Next(40) switch
    {
        0 => float.NegativeInfinity,
        1 => float.NaN,
        2 when levels == 3 => float.PositiveInfinity,
        _ => rng.Next(levels) - levels / 2,
    };

    private static IEnumerable<int> Sorted(float[] row) =>
        Enumerable.Range(0, row.Length).Where(i => row[i] > float.NegativeInfinity).OrderByDescending(i => row[i]);    // stable

    private static List<Selection> Widths()
    {
        List<Selection> widths = [TopK.Continue, TopK.Scalar];
        if (MatMul.Has512) widths.Add(TopK.Scan<Vector512<float>, Lanes512>);
        if (MatMul.Has256) widths.Add(TopK.Scan<Vector256<float>, Lanes256>);
        if (MatMul.Has128) widths.Add(TopK.Scan<Vector128<float>, Lanes128>);
        return widths;
    }

    private static void Check(float[] row, int k)
    {
        var best = Sorted(row).Take(k).ToArray();
        foreach (var selection in Widths())
        {
            var (indices, values) = (new int[k], new float[k]);
            Assert.Equal(best.Length, selection(row, 0, indices, values, 0));
            Assert.True(best.AsSpan().SequenceEqual(indices.AsSpan(0, best.Length)), $"length {row.Length}, k {k}");
            for (var i = 0; i < best.Length; i++) Assert.Equal(row[best[i]], values[i]);
        }
    }
}

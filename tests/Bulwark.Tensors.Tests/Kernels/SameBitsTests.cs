namespace Bulwark.Tensors.Tests.Kernels;

/// <summary>
/// Values and gradients have the same bits on every instruction set. The numbers below were taken once; run these tests as they are, with
/// DOTNET_EnableAVX512=0, and with DOTNET_EnableHWIntrinsic=0. Who changes a kernel on purpose takes the new number from the message and
/// checks it in all three.
/// </summary>
[Trait("Category", "Kernels")]
public sealed class SameBitsTests
{
    [Fact]
    public void Elementwise() => AssertBits(0x7FA138A4836AC49F,
        x => x.Exp() + x.Tanh() * x.Sigmoid() - x.Softplus() + x.Abs().Sqrt() + x.Gelu() + x.Abs().Pow(1.3f));

    [Fact]
    public void Reductions() => AssertBits(0xA48A418E2AD19B05,
        x => x.Sum(0) * x.Mean() + x.Sum(1, keep: true) + x.Max(1, keep: true) * x.Min());

    [Fact]
    public void Rows() => AssertBits(0xB09EE94FB108EEC3,
        x => x.Rows(_ids).Dot(x.Rows(_others)) - x.Rows(_ids).Dot(x.Rows(_ids)) + x.Rows(_ids).NormOfRows());

    [Fact]
    public void Normalizing() => AssertBits(0x5312121ECF0CA08B,
        x => x.Softmax() * x.LogSoftmax() + x.LayerNorm(x.Max(0), x.Min(0)));

    [Fact]
    public void Losses() => AssertBits(0xCD048813557C60BF,
        x => x.CrossEntropy(_labels).Mean() + x.SquaredError(x * 0.5f) + x.Dropout(0.3f, new Rng(1)).Sum());

    [Fact]
    public void Products() => AssertBits(0x6CD7062BBDFE6ED2,
        x => x.MatMul(x, transposeY: true).MatMul(x).Linear(x, x.Sum(0)));

    [Fact]
    public void Attention() => AssertBits(0x6909F1F2CB06D05E,
        x => x.Slice(1, 0, 36).Attention(_sequences, 2, true, 0.1f, new Rng(1)) + x.Slice(1, 1, 36).Attention(_sequences, 3, false));

    [Fact]
    public void SparseProducts() => AssertBits(0x1713726E1219102D, x => _sparse.SparseMatMul(Tensor.Concat(1, x, x * x)));

    [Fact]
    public void Noise() => AssertBits(0x901C1EED4948D165, x => x * Tensor.UniformInBall(x.Shape, 1.5f, new Rng(1)) + x * Tensor.Gaussian(x.Shape, 1, new Rng(2)));

    [Fact]
    public void Convolutions() => AssertBits(0x73F685319236CE40,
        x => x.Slice(0, 0, 36).Slice(1, 0, 36).Reshape((2, 9, 8, 9)).Convolve(x.Slice(0, 1, 36).Slice(1, 0, 5).Reshape((2, 2, 9, 5)), null, 2, 1));

    private static readonly Ids _sequences = new(0, 20, 21, 37);
    private static readonly Ids _ids = new(3, 1, 3, 0, 36, 20, 1, 3), _others = new(0, 0, 1, 5, 6, 7, 8, 9), _labels = new([.. Enumerable.Range(0, 37)]);

    /// <summary>Two places of three in 37 columns.</summary>
    private static readonly SparseRows _sparse =
        new(37, Enumerable.Range(0, 50).Select(row =>
            Enumerable.Range(0, 37).Where(column => (row + column) % 3 > 0).Select(column => (column, 1f / (1 + row + column)))));

    private static void AssertBits(ulong expected, Func<Tensor, Tensor> function)
    {
        var x = new Variable("x");
        var at = Tensor.Of((37, 37), [.. Enumerable.Range(0, 37 * 37).Select(i => i * 997 % 1369 / 342f - 2)]);    // 1,369 values in [−2, 2)
        var gradient = Grad.Of(point => function(point[x]).Sum(), new Point((x, at))).Move[x];
        var hash = 0xCBF29CE484222325;
        foreach (var value in function(at).Values.ToArray().Concat(gradient.Values.ToArray()))
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
        Assert.True(expected == hash, $"The bits are 0x{hash:X16}.");
    }
}

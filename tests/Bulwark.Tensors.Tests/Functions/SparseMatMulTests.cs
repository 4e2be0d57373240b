namespace Bulwark.Tensors.Tests.Functions;

public sealed class SparseMatMulTests
{
    [Fact]
    public void ItIsTheDenseProduct()
    {
        foreach (var width in new[] { 1, 3, 8, 16, 37, 64, 70, 128 })
        {
            var (a, x) = (Random(300, 50), Tensor.Gaussian((50, width), 1, new Rng(2)));
            float[] expected = [.. a.ToTensor().MatMul(x).Values], actual = [.. a.SparseMatMul(x).Values];
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
        }
    }

    [Fact]
    public void AnyNumberOfThreadsGivesTheSameBits()
    {
        var (a, x, threads) = (Random(3000, 500), Tensor.Gaussian((500, 70), 1, new Rng(2)), Team.Threads);
        try
        {
            Team.Threads = 1;
            var expected = a.SparseMatMul(x).Values.ToArray();
            Team.Threads = 3;
            Assert.Equal(expected, a.SparseMatMul(x).Values.ToArray());
        }
        finally
        {
            Team.Threads = threads;
        }
    }

    [Fact]
    public void TheTableNeedsARowForEachColumn() =>
        Assert.Contains("a row for each column", Assert.Throws<ArgumentException>(() => Random(3, 4).SparseMatMul(Tensor.Zeros((3, 2)))).Message);

    /// <summary>About every fifth element, and some empty rows.</summary>
    private static SparseRows Random(int rows, int columns)
    {
        var rng = new Rng(1);
        return new(columns, Enumerable.Range(0, rows).Select(row =>
            Enumerable.Range(0, row % 7 == 0 ? 0 : columns).Where(_ => rng.Next(5) == 0).Select(column => (column, rng.NextSingle() - 0.5f)).ToArray()));
    }
}

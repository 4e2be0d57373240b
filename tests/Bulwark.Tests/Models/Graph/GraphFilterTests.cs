using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Graph;
using Bulwark.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Tests.Models.Graph;

public sealed class GraphFilterTests
{
    /// <summary>
    /// u0 touched {0, 1}, u1 {1}: with n_u = (2, 1) and n_i = (1, 2), R̃ = (1/√2 1/2; 0 1/√2) and P = R̃ᵀR̃ = (1/2 1/√8; 1/√8 3/4). The eigenvalues of P
    /// are 1 and 1/4, of the first v = (1, √2) / √3. So u0 has (1, 1) P = (1/2 + 1/√8, 1/√8 + 3/4); x D^-½ v = (1 + 1) / √3 and v D^½ = (1, 2) / √3,
    /// which add β (2/3, 4/3). An item that nobody touched scores 0.
    /// </summary>
    [Theory, InlineData(0), InlineData(0.3f)]
    public void ScoresWorkedByHand(float ideal)
    {
        var root = 1 / MathF.Sqrt(8);
        float[] expected = [0.5f + root + ideal * 2 / 3, root + 0.75f + ideal * 4 / 3, 0];
        Assert.Equal(expected, Scores(Blocks.Of(2, 3, [(0, 0), (0, 1), (1, 1)]), new(1, ideal), 0, 1), Near);
    }

    /// <summary>
    /// The same data: y = (1, 1) P has y·v = (1 + √2) / √3 along v, where P is 1, and y·w = (√2 − 1) / √3 / 4 along w = (√2, −1) / √3, where P is 1/4.
    /// Sharpening for T multiplies them with 1 − p + p²/2 − p³/6 + p⁴/24 at p = T and at T/4.
    /// </summary>
    [Theory, InlineData(0.5f), InlineData(2.5f)]
    public void SharpeningWorkedByHand(float time)
    {
        var (root2, root3) = (MathF.Sqrt(2), MathF.Sqrt(3));
        var (alongV, alongW) = (Shrunk(time) * (1 + root2) / root3, Shrunk(time / 4) * (root2 - 1) / root3 / 4);
        float[] expected = [(alongV + root2 * alongW) / root3, (root2 * alongV - alongW) / root3];
        Assert.Equal(expected, Scores(Blocks.Of(2, 2, [(0, 0), (0, 1), (1, 1)]), new(1, 0, time), 0, 1), Near);

        static float Shrunk(float p) => 1 - p + p * p / 2 - p * p * p / 6 + p * p * p * p / 24;
    }

    /// <summary>Against dense matrices and an exact decomposition.</summary>
    [Theory, InlineData(0), InlineData(1.5)]
    public void AgreesWithTheDenseFormula(double time)
    {
        var train = World.Random(30, 20, 200);
        var x = Matrix<double>.Build.DenseOfArray(World.Matrix(train));
        var (users, items) = (x.RowSums(), x.ColumnSums());
        var graph = Matrix<double>.Build.Dense(30, 20, (u, i) => x[u, i] / Math.Sqrt(users[u] * items[i]));
        var (p, v) = (graph.TransposeThisAndMultiply(graph), graph.Svd().VT.SubMatrix(0, 5, 0, 20));
        var (up, down) = (Matrix<double>.Build.DenseOfDiagonalVector(items.PointwiseSqrt()), Matrix<double>.Build.DenseOfDiagonalVector(items.PointwisePower(-0.5)));
        var y = x * p + x * down * v.TransposeThisAndMultiply(v) * up * 0.3;
        var (expected, term) = (y, y);
        for (var n = 1; n <= 4; n++) expected += term = term * p * (-time / n);
        for (var user = 0; user < 30; user++)
            Assert.Equal(expected.Row(user).Select(score => (float)score), Scores(train, new(5, 0.3f, (float)time, 60), train.ByUser.Items(user)), Near);
    }

    [Fact]
    public void EverySettingChangesTheResult()
    {
        var train = World.Random(60, 40, 400);
        GraphFilterOptions[] settings = [new(4), new(5), new(4, 0.5f), new(4, Sharpening: 1), new(4, Iterations: 1)];
        Assert.Equal(settings.Length, settings.Select(options => string.Join(' ', Scores(train, options, 1, 2, 3))).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores(train, new(0), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores(train, new(4, Sharpening: -1), 1));
    }

    [Fact]
    public void ThreadsChangeNoBit() => World.WithAnyThreads(() => Scores(World.Random(300, 400, 20_000), new(8, 0.3f, 2), 3, 5, 300));

    private static float[] Scores(Interactions train, GraphFilterOptions options, params ReadOnlySpan<int> history)
    {
        var filter = new GraphFilter(train, options);
        var bags = new Bags();
        bags.Fill(history);
        return filter.Reconstruct(filter.Fit(new Rng(1)), bags).Values.ToArray();
    }

    private static bool Near(float x, float y) => Math.Abs(x - y) < 1e-3f;
}

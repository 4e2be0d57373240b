using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

/// <summary>The three operations of every ball, checked against what they mean.</summary>
public sealed class BallTests
{
    private const int Width = 6;

    /// <summary>A ball with its norm, which is taken over rows of so many elements.</summary>
    public sealed record BallCase(string Name, Ball Ball, Func<double[], double> Norm)
    {
        public override string ToString() => Name;
    }

    private static readonly BallCase[] Cases =
    [
        new("L1 by row", new L1Ball(0.5f), L1), new("L1 of the tensor", new L1Ball(0.5f, Per.Tensor), L1), new("L2 by row", new L2Ball(0.5f), L2),
        new("L2 of the tensor", new L2Ball(0.5f, Per.Tensor), L2), new("L∞", new LinfBall(0.5f), row => row.Max(Math.Abs)),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(@case => @case.Name)];

    [Theory, MemberData(nameof(Names))]
    public void ProjectionGivesTheNearestPointOfTheBall(string name)
    {
        var (@case, rng) = (Case(name), new Rng(1));
        for (var trial = 0; trial < 30; trial++)
        {
            var outside = Tensor.Gaussian((3, Width), trial % 3 == 0 ? 0.02f : 1, rng);
            var projected = @case.Ball.Project(outside);
            AssertInside(@case, projected);
            for (var other = 0; other < 30; other++)
            {
                var inside = @case.Ball.Sample(outside, rng);
                Assert.True(Distance(outside, projected) <= Distance(outside, inside) + 1e-5, "a sample of the ball is nearer than the projection");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ProjectingAgainChangesNothing(string name)
    {
        var (ball, rng) = (Case(name).Ball, new Rng(2));
        for (var trial = 0; trial < 50; trial++)
        {
            var once = ball.Project(Tensor.Gaussian((5, Width), 1, rng));
            Assert.Equal(once.Values.ToArray(), ball.Project(once).Values.ToArray());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void WhatIsInsideStays(string name)
    {
        var inside = Tensor.Uniform((2, Width), -0.03f, 0.03f, new Rng(3));
        Assert.Equal(inside.Values.ToArray(), Case(name).Ball.Project(inside).Values.ToArray());
    }

    /// <summary>Of all steps of a length, the steepest has the largest inner product with the gradient: the dual norm times the length.</summary>
    [Theory, MemberData(nameof(Names))]
    public void TheSteepestStepRisesFastest(string name)
    {
        var (@case, rng) = (Case(name), new Rng(4));
        for (var trial = 0; trial < 20; trial++)
        {
            var gradient = Tensor.Gaussian((3, Width), 1, rng);
            var steepest = @case.Ball.Steepest(gradient, 0.5f);
            foreach (var row in RowsOf(@case, steepest)) Assert.Equal(0.5, @case.Norm(row), 1e-5);
            for (var other = 0; other < 50; other++)
                Assert.True(Inner(gradient, @case.Ball.Sample(gradient, rng)) <= Inner(gradient, steepest) + 1e-5, "a sample of the ball rises faster");
            Assert.True(Inner(gradient, @case.Ball.Steepest(Tensor.Gaussian((3, Width), 1, rng), 0.5f)) <= Inner(gradient, steepest) + 1e-5);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void AZeroGradientGivesNoStep(string name)
    {
        Assert.All(Case(name).Ball.Steepest(Tensor.Zeros((2, Width)), 0.5f).Values.ToArray(), x => Assert.Equal(0, x));
        Assert.All(Case(name).Ball.Steepest(Tensor.Full((2, Width), 1), 0).Values.ToArray(), x => Assert.Equal(0, x));
    }

    [Theory, MemberData(nameof(Names))]
    public void SamplesLieInsideAndFollowTheStream(string name)
    {
        var (@case, like) = (Case(name), Tensor.Zeros((2000, Width)));
        var sample = @case.Ball.Sample(like, new Rng(5));
        AssertInside(@case, sample);
        Assert.Equal(sample.Values.ToArray(), @case.Ball.Sample(like, new Rng(5)).Values.ToArray());
        Assert.NotEqual(sample.Values.ToArray(), @case.Ball.Sample(like, new Rng(6)).Values.ToArray());
        Assert.Equal(0, sample.Values.ToArray().Average(), 0.011);          // uniform in ±.5, four deviations of a mean of 12,000
    }

    /// <summary>
    /// Uniform in a ball of n dimensions, ‖δ‖ / ε has the distribution function rⁿ: (‖δ‖ / ε)ⁿ is uniform. Checked in ten equal bins by χ² (9 degrees of
    /// freedom: 27.9 is passed once in a thousand).
    /// </summary>
    [Theory]
    [InlineData("L1 by row", 1)]
    [InlineData("L1 by row", 6)]
    [InlineData("L2 by row", 1)]
    [InlineData("L2 by row", 6)]
    [InlineData("L∞", 6)]
    public void SampledRadiiAreThoseOfAUniformBall(string name, int width)
    {
        const int count = 5000;
        var (@case, bins) = (Case(name), new int[10]);
        foreach (var row in @case.Ball.Sample(Tensor.Zeros((count, width)), new Rng(7)).Values.ToArray().Select(x => (double)x).Chunk(width))
            bins[Math.Min(9, (int)(10 * Math.Pow(@case.Norm(row) / 0.5, width)))]++;
        var chi = bins.Sum(n => Math.Pow(n - count / 10.0, 2) / (count / 10.0));
        Assert.True(chi < 27.9, $"χ² = {chi:F1}: {string.Join(", ", bins)}");
    }

    /// <summary>Coordinates of a uniform L2 ball: E δ² = ε² / (d + 2), and no two are correlated.</summary>
    [Fact]
    public void SampledDirectionsPreferNone()
    {
        const int count = 20_000;
        var values = new L2Ball(1).Sample(Tensor.Zeros((count, 3)), new Rng(8)).Values;
        var moments = new double[3, 3];
        for (var row = 0; row < count; row++)
            for (var i = 0; i < 3; i++)
                for (var j = 0; j < 3; j++) moments[i, j] += values[3 * row + i] * values[3 * row + j] / (double)count;
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++) Assert.Equal(i == j ? 1 / 5.0 : 0, moments[i, j], 0.01);
    }

    /// <summary>A variable without rows of its own (a bias) and one of rank 3: a row is everything at one index of the first axis.</summary>
    [Theory, MemberData(nameof(Names))]
    public void VariablesOfAnyRankHaveRows(string name)
    {
        var (ball, rng) = (Case(name).Ball, new Rng(9));
        foreach (var (shape, flat) in new (Shape, Shape)[] { (40, (40, 1)), ((40, 2, 3), (40, 6)), ((40, 1, 2, 3), (40, 6)) })
        {
            var x = Tensor.Gaussian(shape, 1, rng);
            var same = x.Reshape(flat);
            Check(ball.Project(x), ball.Project(same));
            Check(ball.Steepest(x, 0.5f), ball.Steepest(same, 0.5f));
            Check(ball.Sample(x, new Rng(1)), ball.Sample(same, new Rng(1)));

            void Check(Tensor shaped, Tensor plain)
            {
                Assert.Equal(shape, shaped.Shape);
                Assert.Equal(plain.Values.ToArray(), shaped.Values.ToArray());
            }
        }
    }

    /// <summary>On a row-sparse displacement a ball acts as on the table, and the result stays row-sparse.</summary>
    [Theory, MemberData(nameof(Names))]
    public void RowSparseAndDenseAgree(string name)
    {
        var ball = Case(name).Ball;
        var sparse = Tensor.Gaussian((3, Width), 1, new Rng(10)).ScatterRows(new Ids(4, 0, 2), (7, Width));
        var dense = Tensor.Of((7, Width), sparse.Values);
        foreach (var (from, to) in new[] { (ball.Project(sparse), ball.Project(dense)), (ball.Steepest(sparse, 0.5f), ball.Steepest(dense, 0.5f)) })
        {
            Assert.True(from.IsSparse);
            for (var i = 0; i < to.Values.Length; i++) Assert.Equal(to.Values[i], from.Values[i], 1e-6f);
        }
        var sample = ball.Sample(sparse, new Rng(11));
        Assert.True(sample.IsSparse);
        Assert.Equal([4, 0, 2], sample.StoredRows.ToArray());
    }

    /// <summary>The published region: steps by L2 rows, then each element clipped, so that a row may be longer than ε; starts within ±.05.</summary>
    [Fact]
    public void TheMsapBallClipsElementsButStepsByRows()
    {
        var ball = new MsapBall(0.5f);
        Assert.Equal([0.3f, 0.4f], ball.Steepest(Tensor.Of((1, 2), 3, 4), 0.5f).Values.ToArray().Select(x => MathF.Round(x, 6)));
        Assert.Equal([0.5f, -0.5f, 0.1f], ball.Project(Tensor.Of((1, 3), 7, -0.6f, 0.1f)).Values.ToArray());
        var start = ball.Sample(Tensor.Zeros((1000, 4)), new Rng(1)).Values.ToArray();
        Assert.InRange(start.Max(), 0.0499f, 0.05f);
        Assert.InRange(start.Min(), -0.05f, -0.0499f);
    }

    [Fact]
    public void ANegativeRadiusIsRefused()
    {
        Assert.Contains("ε", Assert.Throws<ArgumentOutOfRangeException>(() => new L2Ball(-1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinfBall(float.NaN));
        Assert.Equal(0, new L1Ball(0).Epsilon);
    }

    private static BallCase Case(string name) => Cases.Single(@case => @case.Name == name);

    private static double L1(double[] row) => row.Sum(Math.Abs);

    private static double L2(double[] row) => Math.Sqrt(row.Sum(x => x * x));

    private static IEnumerable<double[]> RowsOf(BallCase @case, Tensor x)
    {
        var values = x.Values.ToArray().Select(value => (double)value).ToArray();
        return @case.Ball.Per == Per.Row ? values.Chunk(x.Shape.RowLength) : [values];
    }

    private static void AssertInside(BallCase @case, Tensor x)
    {
        foreach (var row in RowsOf(@case, x)) Assert.True(@case.Norm(row) <= 0.5 * 1.00001, $"norm {@case.Norm(row)}");
    }

    private static double Distance(Tensor x, Tensor y) => L2([.. x.Values.ToArray().Zip(y.Values.ToArray(), (a, b) => (double)a - b)]);

    private static double Inner(Tensor x, Tensor y) => x.Values.ToArray().Zip(y.Values.ToArray(), (a, b) => (double)a * b).Sum();
}

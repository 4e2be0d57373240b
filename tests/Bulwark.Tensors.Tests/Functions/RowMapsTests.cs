namespace Bulwark.Tensors.Tests.Functions;

public sealed class RowMapsTests
{
    private static readonly Tensor _rows = Tensor.Of((4, 3), 3, 0, -4, 0, 0, 0, 1e-20f, 0, 0, 0.1f, -0.2f, 0.2f);

    [Fact]
    public void UnitRowsHaveTheLengthOrNothing() =>
        Close.To((4, 3), [1.2, 0, -1.6, 0, 0, 0, 0, 0, 0, 0.2 / 0.3, -0.4 / 0.3, 0.4 / 0.3], _rows.UnitRows(2), 1e-6);

    [Fact]
    public void RowsInTheL2BallStay() =>
        Close.To((4, 3), [0.6, 0, -0.8, 0, 0, 0, 1e-20, 0, 0, 0.1, -0.2, 0.2], _rows.ProjectRowsL2(1), 1e-6);

    /// <summary>(3, 0, −4) to the radius 1: τ = 3 leaves (0, 0, −1). To 3: τ = 2 leaves (1, 0, −2).</summary>
    [Fact]
    public void TheL1ProjectionIsASoftThreshold()
    {
        Close.To((1, 3), [0, 0, -1], Tensor.Of((1, 3), 3, 0, -4).ProjectRowsL1(1), 1e-6);
        Close.To((1, 3), [1, 0, -2], Tensor.Of((1, 3), 3, 0, -4).ProjectRowsL1(3), 1e-6);
        Assert.Equal([3, 0, -4], Tensor.Of((1, 3), 3, 0, -4).ProjectRowsL1(7).Values);
        Assert.Equal([0, 0, 0], Tensor.Of((1, 3), 3, 0, -4).ProjectRowsL1(0).Values);
    }

    /// <summary>No point of the ball lies nearer: tried against random points of the ball.</summary>
    [Fact]
    public void ProjectionsAreTheNearestPoints()
    {
        var rng = new Rng(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var x = Tensor.Gaussian((1, 6), 2, rng);
            var (l1, l2) = (x.ProjectRowsL1(1.5f), x.ProjectRowsL2(1.5f));
            for (var other = 0; other < 20; other++)
            {
                var z = Tensor.Gaussian((1, 6), 1, rng);
                Assert.True(Distance(x, l1) <= Distance(x, z.ProjectRowsL1(1.5f)) + 1e-6);
                Assert.True(Distance(x, l2) <= Distance(x, z.ProjectRowsL2(1.5f)) + 1e-6);
            }
        }
    }

    [Fact]
    public void ProjectionsAreIdempotentAndInside()
    {
        var x = Tensor.Gaussian((500, 37), 5, new Rng(2));
        foreach (var radius in new[] { 0, 1e-3f, 0.5f, 3, 40 })
        {
            var (l1, l2) = (x.ProjectRowsL1(radius), x.ProjectRowsL2(radius));
            Assert.Equal(l1.Values, l1.ProjectRowsL1(radius).Values);
            Assert.Equal(l2.Values, l2.ProjectRowsL2(radius).Values);
            Assert.True(l1.Abs().Sum(1).Max().Item() <= radius * 1.00001f);
            Assert.True(l2.NormOfRows().Max().Item() <= radius * 1.00001f);
        }
    }

    /// <summary>One coordinate, the first of the largest; a zero row stays.</summary>
    [Fact]
    public void SteepestL1MovesOneCoordinate() =>
        Assert.Equal([0, 0, -2, 0, 0, 0, 0, 0, 0, 0, -2, 0], _rows.SteepestL1(2).Values);

    /// <summary>The steepest step maximizes ⟨g, step⟩ over steps of its norm: ‖g‖₂ for L2, max |g| for L1, by duality.</summary>
    [Fact]
    public void StepsReachTheDualNorm()
    {
        var g = Tensor.Gaussian((50, 9), 1, new Rng(3));
        Close.To(g.NormOfRows(), g.Dot(g.UnitRows(1)), 1e-5);
        Close.To(g.Abs().Max(1), g.Dot(g.SteepestL1(1)), 1e-6);
    }

    /// <summary>The one pass is the three operations that it stands for; also where the gradient has no direction.</summary>
    [Fact]
    public void AscentIsAStepAndAProjection()
    {
        var from = Tensor.Gaussian((40, 7), 0.3f, new Rng(4));
        var g = Tensor.Gaussian((40, 7), 1, new Rng(5)) * Tensor.Uniform((40, 1), -1, 1, new Rng(6)).Relu();
        Close.To((from + g.UnitRows(0.5f)).ProjectRowsL2(1), from.AscendRowsL2(g, 0.5f, 1), 1e-6);
    }

    [Fact]
    public void RowsAreAllThatIsAtOneIndexOfTheFirstAxis()
    {
        var x = Tensor.Of((2, 2, 2), 3, 0, 0, 4, 0, 0, 0, 2);
        Close.To((2, 2, 2), [0.6, 0, 0, 0.8, 0, 0, 0, 1], x.UnitRows(1), 1e-6);
        Assert.Equal(3.5, x.MeanRowNorm(), 1e-6);
        Assert.Equal(0, Tensor.Zeros((0, 3)).MeanRowNorm());
    }

    [Fact]
    public void RowSparseTensorsStaySo()
    {
        var sparse = Tensor.Of((2, 2), 3, 4, 6, 8).ScatterRows(new Ids(4, 1), (6, 2));
        var unit = sparse.UnitRows(1);
        Assert.True(unit.IsSparse);
        Assert.Equal([4, 1], unit.StoredRows);
        Close.To((2, 2), [0.6, 0.8, 0.6, 0.8], unit.Stored, 1e-6);
        Assert.True(sparse.ProjectRowsL1(1).IsSparse && sparse.ProjectRowsL2(1).IsSparse && sparse.SteepestL1(1).IsSparse);
        Assert.Equal(7.5, sparse.MeanRowNorm(), 1e-6);
    }

    [Theory, InlineData(-1), InlineData(float.NaN)]
    public void RadiiAreChecked(float radius) => Assert.Throws<ArgumentOutOfRangeException>(() => _rows.ProjectRowsL2(radius));

    private static float Distance(Tensor x, Tensor y) => x.SquaredError(y).Item();

    [Fact]
    public void RowsAreChosenOneByOne()
    {
        var (x, y) = (Tensor.Of((3, 2), 1, 2, 3, 4, 5, 6), Tensor.Of((3, 2), -1, -2, -3, -4, -5, -6));
        Assert.Equal([1, 2, -3, -4, 5, 6], x.ChooseRows(y, [true, false, true]).Values.ToArray());
        Assert.Throws<ArgumentException>(() => x.ChooseRows(y, [true, false]));
        Assert.Throws<ArgumentException>(() => x.ChooseRows(Tensor.Zeros((3, 1)), [true, false, true]));
        Assert.Throws<ArgumentException>(() => x.ChooseRows(Tensor.Zeros((2, 2)).ScatterRows(new Ids(0, 2), (3, 2)), [true, false, true]));
    }

    /// <summary>In one pass what the operations say one after the other, at all remainders of the vector width.</summary>
    [Fact]
    public void StepsAlongSignsAndIntoBoxesAreTheirOperations()
    {
        for (var count = 1; count < 40; count++)
        {
            Tensor Drawn(ulong seed) => Tensor.Uniform(count, -1, 1, new Rng(seed));
            var (x, g, value) = (Drawn(1), Drawn(2) * (Drawn(3) - 0.5f).Step(), Drawn(4) * 0.5f + 0.5f);
            Assert.Equal((x + g.Sign() * 0.3f).Clamp(-0.7f, 0.7f).Values, x.AscendSigns(g, 0.3f, 0.7f).Values);
            Assert.Equal(((value + x).Clamp(0, 1) - value).Values, x.KeepInBox(value, 0, 1).Values);
        }
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(3).AscendSigns(Tensor.Zeros(4), 1, 1));
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(3).KeepInBox(Tensor.Zeros(4), 0, 1));
    }
}

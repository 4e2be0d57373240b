namespace Bulwark.Tensors.Tests;

public sealed class PointTests
{
    private readonly Variable _x = new("x"), _y = new("y");

    [Fact]
    public void APointIsAMap()
    {
        var at = new Point((_x, Tensor.Scalar(1)));
        Assert.Equal((true, false), (at.Has(_x), at.Has(_y)));
        Assert.Contains("no value for 'y'. It has: x", Assert.Throws<KeyNotFoundException>(() => at[_y]).Message);
        var both = at.With(_y, Tensor.Scalar(2)).With(_x, Tensor.Scalar(3));
        Assert.Equal((3, 2, 1), (both[_x].Item(), both[_y].Item(), at[_x].Item()));
    }

    /// <summary>Another's values win where both have one.</summary>
    [Fact]
    public void PointsJoin()
    {
        var both = new Point((_x, Tensor.Scalar(1))).With(new Point((_y, Tensor.Scalar(2)), (_x, Tensor.Scalar(3))));
        Assert.Equal((2, 3, 2), (both.Variables.Length, both[_x].Item(), both[_y].Item()));
    }

    [Fact]
    public void AddingAMoveMovesWhatItNames()
    {
        var at = new Point((_x, Tensor.Of(2, 1, 2)), (_y, Tensor.Of(2, 3, 4)));
        var moved = at + new Move((_x, Tensor.Of(2, 10, 20)));
        Assert.Equal([11, 22], moved[_x].Values);
        Assert.Same(at[_y], moved[_y]);
        Assert.Same(at, at + Move.Zero);
    }

    [Fact]
    public void MovesFormAVectorSpace()
    {
        var (a, b) = (new Move((_x, Tensor.Of(2, 1, 2))), new Move((_x, Tensor.Of(2, 10, 20)), (_y, Tensor.Of(1, 5))));
        var sum = a + b;
        Assert.Equal([11, 22], sum[_x].Values);
        Assert.Equal([5], sum[_y].Values);
        Assert.Equal([5], (b + a)[_y].Values);
        Assert.Equal([-1, -2], (-a)[_x].Values);
        Assert.Equal([3, 6], (a * 3)[_x].Values);
        Assert.Same(a, a + Move.Zero);
        Assert.Same(a, Move.Zero + a);
    }

    /// <summary>Sums of sparse moves over different rows, with and without a dense one, equal dense sums.</summary>
    [Fact]
    public void SparseMovesAddLikeDenseOnes()
    {
        var (first, second) = (new Ids(0, 2, 0), new Ids(2, 3));
        var a = Tensor.Of((3, 2), 1, 2, 3, 4, 5, 6).ScatterRows(first, (4, 2));
        var b = Tensor.Of((2, 2), 10, 20, 30, 40).ScatterRows(second, (4, 2));
        float[] expected = [6, 8, 0, 0, 13, 24, 30, 40];
        Assert.Equal(expected, (a + b).Values);
        Assert.Equal(expected, (a.Keep() + b.Keep()).Values);
        Assert.Equal(expected, (a.Keep() + b).Values);
        Assert.True((a + b).IsSparse && (a.Keep() + b).IsSparse);
        Assert.Equal(expected.Select(x => 2 * x), (a + b + a + b).Values.ToArray());
        var table = Tensor.Full((4, 2), 1);
        Assert.Equal(expected.Select(x => x + 1), (table + a + b).Values.ToArray());
        Assert.Equal(expected.Select(x => 1 - x), (table - a - b).Values.ToArray());
        Assert.Equal(expected.Select(x => 2 * x + 1), (table + (a + b) + (a + b)).Values.ToArray());
    }

    /// <summary>Rows of an overlay, at its own ids and at others, from one and from two moves.</summary>
    [Fact]
    public void RowsOfDisplacedTables()
    {
        var (ids, others) = (new Ids(3, 0, 3), new Ids(1, 3, 2));
        var table = Tensor.Of((4, 1), 1, 2, 3, 4);
        var move = Tensor.Of((3, 1), 10, 20, 30).ScatterRows(ids, (4, 1));
        var overlay = table + move;
        Assert.Equal([44, 21, 44], overlay.Rows(ids).Values);
        Assert.Equal([2, 44, 3], overlay.Rows(others).Values);
        Assert.Equal([84, 41, 84], (overlay + move).Rows(ids).Values);
        var second = Tensor.Of((3, 1), 100, 200, 300).ScatterRows(others, (4, 1));
        Assert.Equal([244, 21, 244], (overlay + second).Rows(ids).Values);
        Assert.Equal([102, 244, 303], (overlay + second).Rows(others).Values);
        Assert.Equal([1, 2, 3, 4], table.Values);
    }
}

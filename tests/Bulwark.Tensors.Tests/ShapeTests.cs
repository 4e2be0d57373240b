namespace Bulwark.Tensors.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void EveryScalarShapeIsTheSame()
    {
        Assert.Equal(1, default(Shape).Count);
        Assert.Equal(default, new Shape([]));
        Assert.Equal(default, new Shape(5).Without(0));
        Assert.Equal("()", default(Shape).ToString());
    }

    [Fact]
    public void CountsAndLengths()
    {
        Shape shape = (2, 3, 4);
        Assert.Equal((3, 24, 4, 6, 12), (shape.Rank, shape.Count, shape.Last, shape.Rows, shape.RowLength));
        Assert.Equal((4, 3, 2), (shape[-1], shape[1], shape[-3]));
        Assert.Equal((6, 12, 1), (shape.Leading(2), shape.Trailing(1), shape.Trailing(3)));
        Assert.Equal((2, 7, 4), shape.With(-2, 7));
        Assert.Equal((2, 4), shape.Without(1));
        Assert.Equal((0, 4), (new Shape(0, 4).Count, new Shape(0, 4).RowLength));
    }

    [Fact]
    public void AxesOutsideAreRefused()
    {
        Assert.Contains("Axis 2", Assert.Throws<ArgumentException>(() => new Shape(2, 3)[2]).Message);
        Assert.Throws<ArgumentException>(() => new Shape(2, 3)[-3]);
        Assert.Throws<ArgumentException>(() => new Shape(2, -1));
        Assert.Throws<ArgumentException>(() => new Shape(1, 1, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => new Shape(65536, 65536));
    }

    [Fact]
    public void ShapesBroadcastFromTheLastAxis()
    {
        Assert.Equal((2, 3), Shape.Broadcast((2, 3), default));
        Assert.Equal((2, 3), Shape.Broadcast((2, 1), 3));
        Assert.Equal((4, 2, 5, 3), Shape.Broadcast((4, 1, 5, 1), (2, 1, 3)));
        Assert.Equal((0, 3), Shape.Broadcast((0, 1), (1, 3)));
        Assert.Contains("(2, 3) and (2)", Assert.Throws<ArgumentException>(() => Shape.Broadcast((2, 3), 2)).Message);
    }
}

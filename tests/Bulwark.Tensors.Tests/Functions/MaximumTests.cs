namespace Bulwark.Tensors.Tests.Functions;

public sealed class MaximumTests
{
    private readonly Variable _x = new("x"), _y = new("y");

    [Fact]
    public void NaNOfEitherSideStays()
    {
        var (x, y) = (Tensor.Of(4, 1, float.NaN, 2, float.NegativeInfinity), Tensor.Of(4, float.NaN, 1, 3, float.PositiveInfinity));
        Assert.Equal([float.NaN, float.NaN, 3, float.PositiveInfinity], x.Maximum(y).Values);
        Assert.Equal([float.NaN, float.NaN, 2, float.NegativeInfinity], x.Minimum(y).Values);
    }

    [Fact]
    public void EqualsShareTheGradient()
    {
        var at = new Point((_x, Tensor.Of(3, 1, 2, 3)), (_y, Tensor.Of(3, 1, 3, 2)));
        var larger = Grad.Of(p => p[_x].Maximum(p[_y]).Sum(), at).Move;
        Assert.Equal([0.5f, 0, 1], larger[_x].Values);
        Assert.Equal([0.5f, 1, 0], larger[_y].Values);
        var smaller = Grad.Of(p => p[_x].Minimum(p[_y]).Sum(), at).Move;
        Assert.Equal([0.5f, 1, 0], smaller[_x].Values);
        Assert.Equal([0.5f, 0, 1], smaller[_y].Values);
    }
}

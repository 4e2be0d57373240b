namespace Bulwark.Tensors.Tests.Functions;

public sealed class ClampTests
{
    private readonly Variable _x = new("x");

    [Fact]
    public void BordersAreInside()
    {
        var x = Tensor.Of(7, -2, -1, 0, 1, 2, float.NaN, float.NegativeInfinity);
        Assert.Equal([-1, -1, 0, 1, 1, float.NaN, -1], x.Clamp(-1, 1).Values);
        Assert.Equal([0, 1, 1, 1, 0, 0, 0], Grad.Of(at => at[_x].Clamp(-1, 1).Sum(), new Point((_x, x))).Move[_x].Values);
    }

    [Theory, InlineData(2, 1), InlineData(float.NaN, 1)]
    public void AnEmptyRangeIsRefused(float low, float high) => Assert.Throws<ArgumentException>(() => Tensor.Zeros(2).Clamp(low, high));
}

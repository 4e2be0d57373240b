namespace Bulwark.Tensors.Tests.Functions;

public sealed class MaxTests
{
    private readonly Variable _x = new("x");

    [Fact]
    public void OverEachAxisOfThree()
    {
        var x = Tensor.Of((2, 2, 3), 1, 9, 3, 4, 5, 6, 7, 8, 2, 10, 0, 12);
        Assert.Equal([7, 9, 3, 10, 5, 12], x.Max(0).Values);
        Assert.Equal([4, 9, 6, 10, 8, 12], x.Max(1).Values);
        Assert.Equal([9, 6, 8, 12], x.Max(2).Values);
        Assert.Equal([1, 4, 2, 0], x.Min(-1).Values);
        Assert.Equal((12, 0), (x.Max().Item(), x.Min().Item()));
        Assert.Equal((2, 1, 3), x.Max(1, keep: true).Shape);
    }

    [Fact]
    public void TheFirstOfEqualsTakesTheGradient()
    {
        var at = new Point((_x, Tensor.Of((2, 3), 2, 5, 5, 1, 1, 1)));
        Assert.Equal([0, 1, 0, 1, 0, 0], Grad.Of(p => p[_x].Max(1).Sum(), at).Move[_x].Values);
        Assert.Equal([0, 1, 0, 0, 0, 0], Grad.Of(p => p[_x].Max(), at).Move[_x].Values);
        Assert.Equal([0, 0, 0, 1, 1, 1], Grad.Of(p => p[_x].Min(0).Sum(), at).Move[_x].Values);
    }

    [Fact]
    public void NaNWinsAndMinusInfinityLoses()
    {
        Assert.Equal(float.NaN, Tensor.Of(3, 1, float.NaN, 2).Max().Item());
        Assert.Equal(float.NaN, Tensor.Of(3, float.NaN, 1, 2).Min().Item());
        Assert.Equal(float.NegativeInfinity, Tensor.Full(20, float.NegativeInfinity).Max().Item());
        Assert.Equal([float.NaN, 2], Tensor.Of((2, 2), float.NaN, 1, 0, 2).Max(0).Values);
    }

    [Fact]
    public void AnEmptyAxisHasNoMaximum() =>
        Assert.Contains("is empty", Assert.Throws<ArgumentException>(() => Tensor.Zeros((2, 0)).Max(1)).Message);
}

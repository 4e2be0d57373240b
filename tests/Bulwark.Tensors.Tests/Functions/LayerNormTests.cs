namespace Bulwark.Tensors.Tests.Functions;

public sealed class LayerNormTests
{
    /// <summary>(1, 2, 3): mean 2, variance ⅔; times the gain 2, plus the bias 10.</summary>
    [Fact]
    public void ByHand()
    {
        var y = Tensor.Of((1, 3), 1, 2, 3).LayerNorm(Tensor.Full(3, 2), Tensor.Full(3, 10), 0);
        var unit = Math.Sqrt(1.5);
        Close.To((1, 3), [10 - 2 * unit, 10, 10 + 2 * unit], y, 1e-5);
    }

    [Theory, InlineData(2), InlineData(17), InlineData(64), InlineData(300)]
    public void RowsHaveMeanZeroAndVarianceOne(int width)
    {
        var x = Tensor.Uniform((2, 2, width), -1, 3, new Rng(2));
        var y = x.LayerNorm(Tensor.Full(width, 1), Tensor.Zeros(width), 1e-12f);
        Close.To((2, 2), [0, 0, 0, 0], y.Mean(-1), 1e-4);
        Close.To((2, 2), [1, 1, 1, 1], (y * y).Mean(-1), 1e-4);
    }

    [Fact]
    public void AConstantRowBecomesTheBias() =>
        Assert.Equal([4, 5, 6], Tensor.Full((1, 3), 7).LayerNorm(Tensor.Full(3, 2), Tensor.Of(3, 4, 5, 6)).Values);

    /// <summary>The recorded evaluation stores more; it must compute the same.</summary>
    [Fact]
    public void FollowedOrNotTheBitsAreTheSame()
    {
        var (x, gain, bias) = (Tensor.Gaussian((5, 33), 1, new Rng(1)), Tensor.Gaussian(33, 1, new Rng(2)), Tensor.Gaussian(33, 1, new Rng(3)));
        var variable = new Variable("x");
        Tensor? followed = null;
        Grad.Of(at =>
        {
            var y = at[variable].LayerNorm(gain, bias);
            followed = y.Keep();
            return y.Sum();
        }, new Point((variable, x)));
        Assert.Equal(x.LayerNorm(gain, bias).Values, followed!.Values);
    }

    [Fact]
    public void LengthsThatDoNotMatchAreRefused() =>
        Assert.Throws<ArgumentException>(() => Tensor.Zeros((2, 3)).LayerNorm(Tensor.Zeros(2), Tensor.Zeros(3)));
}

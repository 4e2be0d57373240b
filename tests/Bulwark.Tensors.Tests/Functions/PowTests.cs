namespace Bulwark.Tensors.Tests.Functions;

public sealed class PowTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(5), InlineData(10), InlineData(-1), InlineData(-4), InlineData(0), InlineData(1)]
    public void WholeExponentsWorkForEveryBase(float exponent)
    {
        float[] bases = [-2.5f, -1, -0.1f, 0.3f, 1, 1.7f, 3];
        Assert.All(bases, x =>
        {
            var exact = Math.Pow(x, exponent);
            Assert.Equal(exact, Tensor.Of(1, x).Pow(exponent).Item(), Math.Abs(exact) * 1e-6);
        });
    }

    [Theory, InlineData(0.5f), InlineData(1.7f), InlineData(-2.3f), InlineData(65)]
    public void OtherExponentsWorkForPositiveBases(float exponent)
    {
        float[] bases = [0.3f, 1, 1.7f, 3];
        Assert.All(bases, x =>
        {
            var exact = Math.Pow(x, exponent);
            Assert.Equal(exact, Tensor.Of(1, x).Pow(exponent).Item(), exact * 2e-7 * (2 + Math.Abs(exponent * Math.Log(x))));
        });
    }

    [Fact]
    public void Ends()
    {
        const float infinity = float.PositiveInfinity;
        Assert.Equal([0, infinity, infinity, 0], [Power(0, 2), Power(0, -2), Power(infinity, 2), Power(infinity, -1)]);
        Assert.Equal([0, infinity, 0, infinity], [Power(0, 0.5f), Power(infinity, 0.5f), Power(infinity, -0.5f), Power(0, -0.5f)]);
        Assert.Equal([float.NaN, float.NaN, -8, 1], [Power(-2, 0.5f), Power(float.NaN, 2), Power(-2, 3), Power(0, 0)]);
    }

    /// <summary>∂x³/∂x = 3x² = 0 and ∂x²/∂x = 2x = 0 at 0, not NaN.</summary>
    [Theory, InlineData(2), InlineData(3), InlineData(0)]
    public void DerivativesAtZero(float exponent)
    {
        var x = new Variable("x");
        Assert.Equal(0, Grad.Of(at => at[x].Pow(exponent).Sum(), new Point((x, Tensor.Zeros(1)))).Move[x].Item());
    }

    private static float Power(float x, float exponent) => Tensor.Of(1, x).Pow(exponent).Item();
}

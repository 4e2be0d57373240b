namespace Bulwark.Tensors.Tests.Functions;

public sealed class GeluTests
{
    /// <summary>x Φ(x) from tables of Φ: Φ(1) = .8413447461, Φ(2) = .9772498681, Φ(.5) = .6914624613.</summary>
    [Fact]
    public void ValuesFromTheTableOfTheNormal() => Close.To(
        5, [0.8413447461, -0.1586552539, 1.9544997361, 0.3457312306, 0], Tensor.Of(5, 1, -1, 2, 0.5f, 0).Gelu(), 3e-7);

    [Fact]
    public void FarOutItIsTheIdentityOrZero() => Assert.Equal(
        [100, float.PositiveInfinity, 0, 0, float.NaN],
        Tensor.Of(5, 100, float.PositiveInfinity, -100, float.NegativeInfinity, float.NaN).Gelu().Values);

    /// <summary>At 0, Φ = ½ and the slope is ½; far out it is 1 and 0, at infinity too.</summary>
    [Fact]
    public void SlopesAtTheEnds()
    {
        var x = new Variable("x");
        var at = new Point((x, Tensor.Of(5, 0, 100, -100, float.PositiveInfinity, float.NegativeInfinity)));
        Close.To(5, [0.5, 1, 0, 1, 0], Grad.Of(p => p[x].Gelu().Reshape((5, 1)).Dot(Tensor.Full((5, 1), 1)).Sum(), at).Move[x], 1e-7);
    }
}

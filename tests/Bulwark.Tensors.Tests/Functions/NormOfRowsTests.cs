namespace Bulwark.Tensors.Tests.Functions;

public sealed class NormOfRowsTests
{
    /// <summary>A row 3, 4 has the length 5 and the direction .6, .8; a zero row has no direction, and its gradient is 0, not NaN.</summary>
    [Fact]
    public void DirectionsAndZeroRows()
    {
        var x = new Variable("x");
        var at = new Point((x, Tensor.Of((2, 2), 3, 4, 0, 0)));
        Assert.Equal([5, 0], at[x].NormOfRows().Values);
        Close.To((2, 2), [0.6, 0.8, 0, 0], Grad.Of(p => p[x].NormOfRows().Sum(), at).Move[x], 1e-6);
        var second = Grad.Of(p => { var g = Grad.Of(q => q[x].NormOfRows().Sum(), p).Move[x]; return (g * Tensor.Of(2, 1, 0)).Sum(); }, at).Move[x];
        Close.To((2, 2), [0.128, -0.096, 0, 0], second, 1e-6);    // (I − uuᵀ)e₁ / 5 = (1 − .36, −.48) / 5
    }
}

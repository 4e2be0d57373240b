namespace Bulwark.Tensors.Tests.Functions;

public sealed class SoftmaxTests
{
    private const float Out = float.NegativeInfinity;

    [Theory, InlineData(1), InlineData(7), InlineData(16), InlineData(50), InlineData(1000)]
    public void ValuesAreThoseOfTheFormula(int width)
    {
        foreach (var scale in new[] { 1e-3f, 1, 30, 1e4f })
        {
            var x = Tensor.Uniform((3, width), -scale, scale, new Rng(1));
            Close.To(x.Shape, Exact(x).Select(Math.Exp), x.Softmax(), 1e-6);
            Close.To(x.Shape, Exact(x), x.LogSoftmax(), 3e-7 * Math.Max(scale, 10));
        }
    }

    [Fact]
    public void HugeLogitsNeitherOverflowNorLoseTheirDifference()
    {
        var x = Tensor.Of(3, 1e8f, 1e8f, -1e8f);
        Assert.Equal([0.5f, 0.5f, 0], x.Softmax().Values);
        Close.To(3, [-Math.Log(2), -Math.Log(2), -2e8], x.LogSoftmax(), 1e-6);
    }

    /// <summary>e^(0, ln 3) over 4.</summary>
    [Fact]
    public void TheMaskIsAddedAndBroadcast()
    {
        var x = Tensor.Of((2, 1, 3), 0, MathF.Log(3), 5, MathF.Log(3), 0, 7);
        var mask = Tensor.Of((1, 3), 0, 0, Out);
        Close.To((2, 1, 3), [0.25, 0.75, 0, 0.75, 0.25, 0], x.Softmax(mask), 1e-6);
        Close.To((2, 1, 3), [Math.Log(0.25), Math.Log(0.75), Out, Math.Log(0.75), Math.Log(0.25), Out], x.LogSoftmax(mask), 1e-6);
    }

    [Fact]
    public void ARowWithNothingInItIsZeroAndPassesNoGradient()
    {
        var (x, mask) = (new Variable("x"), Tensor.Of((2, 2), Out, Out, 0, 0));
        var at = new Point((x, Tensor.Of((2, 2), 1, 2, 3, 3)));
        Assert.Equal([0, 0, 0.5f, 0.5f], at[x].Softmax(mask).Values);
        Assert.Equal([0, 0, 0.25f, -0.25f], Grad.Of(p => (p[x].Softmax(mask) * Tensor.Of(2, 1, 0)).Sum(), at).Move[x].Values);
        Assert.Equal([Out, Out], at[x].LogSoftmax(mask).Values[..2]);
        Assert.Equal([0, 0, 0.5f, -0.5f], Grad.Of(p => (p[x].LogSoftmax(mask) * Tensor.Of(2, 1, 0)).Sum(), at).Move[x].Values);
    }

    [Fact]
    public void NaNSpoilsItsRowAlone()
    {
        var y = Tensor.Of((2, 2), 1, float.NaN, 1, 1).Softmax();
        Assert.Equal([float.NaN, float.NaN, 0.5f, 0.5f], y.Values);
    }

    [Fact]
    public void AMaskThatDoesNotFitIsRefused() =>
        Assert.Contains("(2, 1, 3)", Assert.Throws<ArgumentException>(() => Tensor.Zeros((2, 3)).Softmax(Tensor.Zeros((2, 1, 3)))).Message);

    private static IEnumerable<double> Exact(Tensor x)
    {
        for (var row = 0; row < x.Shape.Rows; row++)
        {
            var values = x.Values.Slice(row * x.Shape.Last, x.Shape.Last).ToArray().Select(v => (double)v).ToArray();
            var max = values.Max();
            var log = max + Math.Log(values.Sum(v => Math.Exp(v - max)));
            foreach (var v in values) yield return v - log;
        }
    }
}

using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class GaussianCopulaTests
{
    /// <summary>
    /// y = 0.8 a + 0.6 b beside a, both N(0, 1), have correlation 0.8; after exp and a cube, which keep ranks, the normal scores still have it. The sample's
    /// correlation has a standard error of (1 − 0.64) / √4000 = 0.006, twice.
    /// </summary>
    [Fact]
    public void CorrelationsOfNormalScoresAreKept()
    {
        var (rng, values) = (new Rng(1), new float[8000]);
        for (var i = 0; i < values.Length; i += 2)
        {
            var a = rng.NextGaussian();
            (values[i], values[i + 1]) = ((float)Math.Exp(a), (float)Math.Pow(0.8 * a + 0.6 * rng.NextGaussian(), 3));
        }
        var samples = new GaussianCopula(Tensor.Of((4000, 2), values)).Generate(new Point(), 4000, null, new Rng(2)).Values;
        var sum = 0d;
        for (var i = 0; i < samples.Length; i += 2) sum += Math.Log(samples[i]) * Math.Cbrt(samples[i + 1]);
        Assert.Equal(0.8, sum / 4000, 0.06);                                                     // E a y, whose own deviation is √(1 + 0.64) / √4000 = 0.02
    }

    /// <summary>Each of four values is a quarter of the samples', whatever the other feature: binomial, 100 ± 8.7 of 400; three deviations and more.</summary>
    [Fact]
    public void MarginalsAreTheExamples()
    {
        var copula = new GaussianCopula(Tensor.Of((4, 2), [1, 8, 2, 5, 7, 6, 9, 7]));
        var samples = copula.Generate(new Point(), 400, null, new Rng(3));
        foreach (var (feature, expected) in new[] { (0, new[] { 1f, 2, 7, 9 }), (1, [5, 6, 7, 8]) })
        {
            var column = samples.Slice(1, feature, 1).Values.ToArray();
            Assert.Equal(expected, column.Distinct().Order());
            Assert.All(expected, value => Assert.InRange(column.Count(own => own == value), 65, 135));
        }
    }

    [Fact]
    public void OneExampleIsTooFew() => Assert.Throws<ArgumentException>(() => new GaussianCopula(Tensor.Zeros((1, 3))));
}

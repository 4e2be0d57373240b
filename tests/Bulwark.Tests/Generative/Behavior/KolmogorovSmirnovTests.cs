using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class KolmogorovSmirnovTests
{
    /// <summary>1 2 3 and 2 3 4: after 1 the shares are 1/3 and 0. 1 1 1 2 and 1 2 2 2 : after 1, 3/4 and 1/4. 0 and 0 0 5: after 0, 1 and 2/3.</summary>
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 3, 2 }, 1 / 3.0)]
    [InlineData(new double[] { 1, 2, 1, 1 }, new double[] { 1, 2, 2, 2 }, 0.5)]
    [InlineData(new double[] { 0 }, new double[] { 0, 5, 0 }, 1 / 3.0)]
    [InlineData(new double[] { 1, 2 }, new double[] { 3 }, 1)]
    [InlineData(new double[] { 2, 1, 1, 2 }, new double[] { 1, 2 }, 0)]
    public void ItIsTheLargestDifferenceOfShares(double[] a, double[] b, double expected)
    {
        Assert.Equal(expected, KolmogorovSmirnov.Distance(a, b), 12);
        Assert.Equal(expected, KolmogorovSmirnov.Distance(b, a), 12);
    }

    [Fact]
    public void ItIsTheSupremumOverAllPlaces()
    {
        var rng = new Rng(1);
        for (var n = 0; n < 50; n++)
        {
            double[] a = Values(), b = Values();
            var brute = Enumerable.Range(0, 9).Max(x => Math.Abs(a.Count(value => value <= x) / (double)a.Length - b.Count(value => value <= x) / (double)b.Length));
            Assert.Equal(brute, KolmogorovSmirnov.Distance(a, b), 12);
        }

        double[] Values() => [.. Enumerable.Range(0, 1 + rng.Next(20)).Select(_ => (double)rng.Next(9))];
    }

    [Fact]
    public void NothingHasNoDistribution() => Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Distance([], [1]));
}

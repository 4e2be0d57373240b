using Bulwark.Evaluation.Tuning;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Tuning;

public class ParzenDensityTests
{
    [Fact]
    public void ADensityIntegratesToOne()
    {
        foreach (double[] values in new double[][] { [], [0], [0.5], [0.02, 0.03, 0.9], [1, 1, 1] })
        {
            var density = new ParzenDensity(Dimension.Real("d", 0, 1), values);
            Assert.Equal(1, Enumerable.Range(0, 10_000).Average(n => density.At((n + 0.5) / 10_000)), 1e-6);
        }
    }

    [Fact]
    public void OneValueGivesOneBump()
    {
        // At ½ both ends are ½ away: σ = ½, the least width being 1 / (1 + 1). Z = Φ(1) − Φ(−1) = 0.682689; N(½; ½, ½) = 0.797885. (1 + 0.797885 / 0.682689) / 2.
        var density = new ParzenDensity(Dimension.Real("d", 0, 1), [0.5]);
        Assert.Equal(1.084369, density.At(0.5), 1e-5);
        Assert.Equal(density.At(0.3), density.At(0.7), 1e-12);
    }

    [Fact]
    public void ChoicesAreCounted()
    {
        var density = new ParzenDensity(Dimension.Choice("d", "a", "b", "c"), [0, 0, 2]);
        Assert.Equal([3 / 6.0, 1 / 6.0, 2 / 6.0], new double[] { 0, 1, 2 }.Select(density.At));
    }

    [Fact]
    public void DrawsFollowTheDensity()
    {
        var rng = new Rng(5);
        var real = new ParzenDensity(Dimension.Real("d", 0, 1), [0.1, 0.15, 0.8]);
        var below = Enumerable.Range(0, 500).Average(n => real.At((n + 0.5) / 1000)) / 2;                              // the mass of [0, ½]
        Assert.Equal(below, Enumerable.Range(0, 4000).Count(_ => real.Draw(rng) < 0.5) / 4000.0, 0.032);               // four deviations of at most 0.008
        var choice = new ParzenDensity(Dimension.Choice("d", "a", "b", "c"), [0, 0, 2]);
        Assert.Equal(0.5, Enumerable.Range(0, 4000).Count(_ => choice.Draw(rng) == 0) / 4000.0, 0.032);
    }
}

using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class SampleQualityTests
{
    private static readonly Tensor Real = Tensor.Of((4, 1), 0, 1, 3, 7);

    /// <summary>
    /// Real 0, 1, 3, 7 with k = 1 reach 1, 1, 2, 4. Samples 2, 2, 20: 0 is 2 away from one (not covered), 1 is 1 away (covered), 3 is 1 away (covered), 7 is 5
    /// away (not). The median distance to the nearest real one is the third of 1, 1, 2, 4, so that within .2 both 2s are duplicates, 20 is not.
    /// Energy: E‖x − y‖ = (2 + 2 + 20 + 1 + 1 + 19 + 1 + 1 + 17 + 5 + 5 + 13) / 12 = 7.25; E‖x − x′‖ = 2 (1 + 3 + 7 + 2 + 6 + 4) / 16 = 2.875;
    /// E‖y − y′‖ = 2 (0 + 18 + 18) / 9 = 8; 14.5 − 10.875 = 3.625.
    /// </summary>
    [Fact]
    public void ByHand()
    {
        var quality = SampleQuality.Of(Real, Tensor.Of((3, 1), 2, 2, 20), 1);
        Assert.Equal((0.5, 2.0 / 3), (quality.Coverage, quality.Duplicates));
        Assert.Equal(3.625, quality.Distances["energy"], 1e-6);
    }

    /// <summary>(3, 4) is 5 from the origin and nearer to nothing else; (6, 0) is there.</summary>
    [Fact]
    public void TheNearestByHand() => Assert.Equal([5.0, 0], SampleQuality.Nearest(Tensor.Of((2, 2), 3, 4, 6, 0), Tensor.Of((3, 2), 0, 0, 6, 0, -9, 9)));

    /// <summary>
    /// Twenty real examples around 0 and twenty around 100, k = 10 within each, and 80 samples, one of them at 100: a tenth of the fair share of 10 · 80 / 40 = 20
    /// is 2, which the second group does not have. With k = 9 it is 1.8, and with 40 samples less than 1.
    /// </summary>
    [Theory]
    [InlineData(80, 10, 0.5)]
    [InlineData(80, 9, 0.5)]
    [InlineData(40, 10, 1)]
    public void AStrayDoesNotCoverAGroup(int samples, int neighbors, double coverage)
    {
        var real = Enumerable.Range(0, 40).Select(i => i < 20 ? i % 5 * 0.01f : 100 + i % 5 * 0.01f).ToArray();
        var made = Enumerable.Range(0, samples).Select(i => i == 0 ? 100.02f : 0.02f).ToArray();
        Assert.Equal(coverage, SampleQuality.Of(Tensor.Of((40, 1), real), Tensor.Of((samples, 1), made), neighbors).Coverage);
    }

    [Fact]
    public void TheSameExamplesCoverAllAtNoDistance()
    {
        var quality = SampleQuality.Of(Real, Real, 1);
        Assert.Equal((1, 0), (quality.Coverage, quality.Duplicates));
        Assert.Equal(0, quality.Distances["energy"], 1e-6);
    }

    /// <summary>Samples of the same ring cover it, about 1 − 2⁻⁵ of it; those of half its modes half as much.</summary>
    [Fact]
    public void MissingModesAreMissingCoverage()
    {
        var world = GaussianMixture.Ring();
        var real = GameWorld.Inputs(world.Draw(400, new Rng(1)));
        Assert.InRange(SampleQuality.Of(real, GameWorld.Inputs(world.Draw(400, new Rng(2)))).Coverage, 0.93, 1);
        var half = GameWorld.Inputs(world.Draw(400, new Rng(2)));
        var upper = new List<float>();
        for (var i = 0; i < 400; i++) if (half.Values[2 * i + 1] > -0.5f) upper.AddRange([half.Values[2 * i], half.Values[2 * i + 1]]);
        var quality = SampleQuality.Of(real, Tensor.Of((upper.Count / 2, 2), [.. upper]));       // five of eight modes
        Assert.InRange(quality.Coverage, 0.5, 0.7);
        Assert.InRange(quality.Duplicates, 0, 0.03);
    }

    [Fact]
    public void TooFewAreRefused()
    {
        Assert.Throws<ArgumentException>(() => SampleQuality.Of(Real, Real, 4));
        Assert.Throws<ArgumentException>(() => SampleQuality.Of(Real, Tensor.Zeros((5, 2)), 1));
        Assert.Throws<ArgumentException>(() => SampleQuality.Of(Real, Tensor.Zeros((1, 1)), 1));
    }
}

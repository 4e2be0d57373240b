using Bulwark.Defenses.Certificates;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using MathNet.Numerics.Distributions;

namespace Bulwark.Tests.Defenses.Certificates;

public sealed class RandomizedSmoothingTests
{
    /// <summary>990 of 1,000 at α = .001: the bound from its equation, the radius from the normal's quantile; below a half it abstains.</summary>
    [Fact]
    public void TheRadiusFollowsFromTheCount()
    {
        var smoothing = new RandomizedSmoothing(0.5f, Bounding: 1000);
        var certified = smoothing.Of(2, 990);
        Assert.Equal(ClopperPearson.Lower(990, 1000, 0.001), certified.Probability);
        Assert.Equal(0.5 * Normal.InvCDF(0, 1, certified.Probability), certified.Radius, 1e-9);
        Assert.Equal(2, certified.Class);
        Assert.Null(smoothing.Of(2, 520).Class);             // 52% of 1,000 do not prove a majority at .001
        Assert.Equal(0, smoothing.Of(2, 520).Radius);
    }

    /// <summary>A half-plane at distance d: the smoothed boundary is the same plane, so the best radius is d. It is never passed, and nearly reached.</summary>
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.4f)]
    [InlineData(-0.7f)]
    public void OfAHalfPlaneTheDistanceIsNearlyReached(float distance)
    {
        var model = new Regions(x => x);
        var certified = new RandomizedSmoothing(0.5f, Bounding: 20_000).Certify(model, new Point(), Tensor.Of((1, 2), distance, 5), new Rng(1));
        Assert.Equal(distance > 0 ? 1 : 0, certified.Class);
        Assert.InRange(certified.Radius, 0.85 * Math.Abs(distance), Math.Abs(distance));
    }

    /// <summary>
    /// Against brute force: f is 1 on stripes, so that P(f(x + σ N) = 1) is a sum of differences of Φ, exact. Within each certified radius a fine grid
    /// finds no other smoothed class.
    /// </summary>
    [Fact]
    public void WithinTheRadiusTheSmoothedClassNeverChanges()
    {
        double[] edges = [-1.3, -0.9, -0.2, 0.15, 0.6, 1.4];         // 1 between the first two, the next two, and the last two
        var (model, smoothing) = (new Regions(x => edges.Count(edge => edge < x) % 2 == 1 ? 1 : -1), new RandomizedSmoothing(0.4f, Bounding: 3000));
        var (proven, abstained) = (0, 0);
        for (var x = -2f; x <= 2; x += 0.1f)
        {
            var certified = smoothing.Certify(model, new Point(), Tensor.Of((1, 2), x, 0), new Rng(7));
            if (certified.Class is not { } chosen)
            {
                abstained++;
                continue;
            }
            proven++;
            for (var t = -1.0; t <= 1; t += 0.01) Assert.Equal(chosen == 1, Probability(x + t * certified.Radius) > 0.5);
        }
        Assert.True(proven > 20 && abstained > 0, $"{proven} certified, {abstained} abstained");

        double Probability(double x) => Enumerable.Range(0, 3).Sum(i => Normal.CDF(0, 0.4, edges[2 * i + 1] - x) - Normal.CDF(0, 0.4, edges[2 * i] - x));
    }

    [Fact]
    public void EverySettingChangesTheCertificateAndEqualSeedsDoNot()
    {
        var (model, x) = (new Regions(x => x), Tensor.Of((1, 2), 0.3f, 0));
        double[] radii = [Radius(new(0.5f, 10, 500)), Radius(new(0.6f, 10, 500)), Radius(new(0.5f, 10, 700)), Radius(new(0.5f, 10, 500, 0.01))];
        Assert.Equal(radii.Length, radii.Distinct().Count());
        Assert.Equal(radii[0], Radius(new(0.5f, 20, 500)));           // who chooses does not move the bound
        Assert.NotEqual(radii[0], new RandomizedSmoothing(0.5f, 10, 500).Certify(model, new Point(), x, new Rng(2)).Radius);

        double Radius(RandomizedSmoothing smoothing) => smoothing.Certify(model, new Point(), x, new Rng(1)).Radius;
    }

    /// <summary>Class 1 where a function of the first number is positive.</summary>
    private sealed class Regions(Func<float, float> sign) : IClassifier
    {
        public Variable Inputs { get; } = new("inputs");

        public Point Start(Rng rng) => new();

        public Tensor Logits(Point at, Rng? rng = null)
        {
            var x = at[Inputs];
            var logits = new float[2 * x.Shape[0]];
            for (var row = 0; row < x.Shape[0]; row++) logits[2 * row + 1] = sign(x.Values[2 * row]);
            return Tensor.Of((x.Shape[0], 2), logits);
        }
    }
}

using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.BlackBox;

public sealed class AntitheticSlopeTests
{
    private static readonly float[] Curvature = [1, 2, 0.5f, 3];

    /// <summary>½ Σ a_i x_i² has the gradient a ∘ x: a curved function, on which an estimate at another point, as at 2x, would show.</summary>
    private static Tensor Curved(Point at) => (at[AttackWorld.X] * at[AttackWorld.X] * Tensor.Of((1, 4), Curvature)).Sum(-1) * 0.5f;

    public static TheoryData<AntitheticSlope> Both => new() { AntitheticSlope.Nes(8000, 0.05f), AntitheticSlope.Spsa(4000, 0.05f) };

    [Theory, MemberData(nameof(Both))]
    public void IsWithinFivePercentOfTheGradientOfACurvedFunction(AntitheticSlope slope)
    {
        float[] x = [1, -0.5f, 2, 0.3f];
        var (value, move) = slope.Of(Curved, AttackWorld.At(x), new Threat(new L2Ball(1), AttackWorld.X), new Rng(1));
        var estimate = move[AttackWorld.X].Values.ToArray();
        double[] truth = [.. x.Zip(Curvature, (v, a) => v * a)];
        var error = Math.Sqrt(truth.Zip(estimate, (t, e) => Math.Pow(t - e, 2)).Sum() / truth.Sum(t => t * t));
        Assert.InRange(error, 0, 0.05);
        Assert.Equal(Curved(AttackWorld.At(x)).Item(), value.Item());
    }

    /// <summary>Two examples in a batch: each is estimated from its own loss, though the other's is a thousand times as large.</summary>
    [Theory, MemberData(nameof(Both))]
    public void ExamplesAreApart(AntitheticSlope slope)
    {
        var at = new Point((AttackWorld.X, Tensor.Of((2, 4), 1, 1, 1, 1, 1, 1, 1, 1)));
        var estimate = (slope with { Pairs = 1000 }).Of(
            point => Curved(point) * Tensor.Of(2, 1000, 1), at, new Threat(new L2Ball(1), AttackWorld.X), new Rng(1)).Move[AttackWorld.X].Values.ToArray();
        for (var i = 0; i < 4; i++) Assert.Equal(Curvature[i], estimate[4 + i], 0.4f);
    }

    [Fact]
    public void ItAsksTwiceAPairAndOnce()
    {
        var victim = new Queries(Curved);
        AntitheticSlope.Nes(7).Of(victim.Of, AttackWorld.At(1, 1, 1, 1), new Threat(new L2Ball(1), AttackWorld.X), new Rng(1));
        Assert.Equal(15, victim.Count);
    }

    /// <summary>Directions of signs have size 1 everywhere, Gaussian ones do not; every setting shows.</summary>
    [Fact]
    public void EverySettingCounts()
    {
        Loss cubic = at => at[AttackWorld.X].Pow(3).Sum();
        float[][] all = [.. new AntitheticSlope[] { new(3, 0.1f, true), new(4, 0.1f, true), new(3, 0.2f, true), new(3, 0.1f, false) }.Select(Of)];
        Assert.Equal(4, all.Select(values => string.Join(' ', values)).Distinct().Count());

        float[] Of(ISlope slope) => slope.Of(cubic, AttackWorld.At(1, 2), new Threat(new L2Ball(1), AttackWorld.X), new Rng(1)).Move[AttackWorld.X].Values.ToArray();
    }
}

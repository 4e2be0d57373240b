using Bulwark.Generative.Streams;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Streams;

public sealed class FeatureUpdaterTests
{
    private const int Dimension = 3, Width = 4;
    private readonly FeatureUpdater _updater = new("users", Dimension, Width, 0.5f);

    /// <summary>W = 0: 2 · ½ · σ(0) · pull = ½ pull, whatever the row.</summary>
    [Fact]
    public void ItStartsAsAGradientStep()
    {
        var at = _updater.Start(new Rng(1));
        Assert.Equal([1f, -2f, 0.5f], Of(at, FeatureUpdater.State([3, 1, -1], [2, -4, 1], 5, 70)));
        Assert.Equal([4f, -1f, -0.5f], _updater.Moved(at, Stack(FeatureUpdater.State([3, 1, -1], [2, -4, 1], 5, 70))).Values.ToArray());
    }

    [Fact]
    public void WithoutPullNothingMoves() => Assert.Equal([0f, 0f, 0f], Of(Learned(), FeatureUpdater.State([3, 1, -1], [0, 0, 0], 0, 70)));

    /// <summary>Δ(R p, R pull) = R Δ(p, pull), for R that swaps the first two axes and turns the third around; and Δ = c · pull with 0 &lt; c &lt; 2η.</summary>
    [Fact]
    public void ItTurnsWithTheRows()
    {
        var (delta, turned) = (Of(Learned(), FeatureUpdater.State([3, 1, -1], [2, -4, 1], 5, 70)), Of(Learned(), FeatureUpdater.State([1, 3, 1], [-4, 2, -1], 5, 70)));
        for (var k = 0; k < Dimension; k++) Assert.Equal(turned[k], new[] { delta[1], delta[0], -delta[2] }[k], 1e-5f);
        Assert.InRange(delta[0] / 2, 1e-3f, 1 - 1e-3f);
        Assert.Equal(delta[0] / 2, delta[1] / -4, 1e-5f);
        Assert.NotEqual(0.5f, delta[0] / 2, 1e-3f);
    }

    /// <summary>How many events, how many before, and how the pull lies to the row: each counts.</summary>
    [Fact]
    public void EveryPartOfTheStateCounts()
    {
        var delta = Of(Learned(), FeatureUpdater.State([3, 1, -1], [2, -4, 1], 5, 70));
        foreach (var other in new[]
        {
            FeatureUpdater.State([3, 1, -1], [2, -4, 1], 6, 70), FeatureUpdater.State([3, 1, -1], [2, -4, 1], 5, 7), FeatureUpdater.State([3, 1, 1], [2, -4, 1], 5, 70),
            FeatureUpdater.State([6, 2, -2], [2, -4, 1], 5, 70), FeatureUpdater.State([3, 1, -1], [4, -8, 2], 5, 70),
        })
            Assert.True(Math.Abs(Of(Learned(), other)[0] / other[Dimension] - delta[0] / 2) > 1e-4f);
    }

    /// <summary>Weights that are not those of the start.</summary>
    private Point Learned() => _updater.Start(new Rng(1)).Map((_, value) => Tensor.Gaussian(value.Shape, 0.3f, new Rng(2))).Keep();

    private float[] Of(Point at, float[] state) => _updater.Of(at, Stack(state)).Values.ToArray();

    private static Tensor Stack(float[] state) => Tensor.Of((1, state.Length), state);
}

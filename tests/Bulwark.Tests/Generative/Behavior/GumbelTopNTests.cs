using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class GumbelTopNTests
{
    private static readonly Variable _scores = new("scores");

    /// <summary>The two largest of 3, 1, 2, 0; τ lies between 2 and 1, and the gradient of each is that of tanh((s − 1.5) / T), 1 / T (1 − tanh²).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SelectsTheLargestAndPassesAGradient(float temperature)
    {
        float[] s = [3, 1, 2, 0];
        var given = ProfileConditions.Of(4, [2], [[]]);
        var at = new Point((_scores, Tensor.Of((1, 4), s)));
        Assert.Equal([1, 0, 1, 0], GumbelTopN.Select(at[_scores], given, temperature).Values.ToArray());
        var gradient = Grad.Of(here => GumbelTopN.Select(here[_scores], given, temperature).Sum(), at).Move[_scores].Values.ToArray();
        for (var i = 0; i < s.Length; i++)
            Assert.Equal((1 - MathF.Pow(MathF.Tanh((s[i] - 1.5f) / temperature), 2)) / temperature, gradient[i], 1e-5f);
    }

    /// <summary>
    /// Two of three items with weights 1, 2, 3: the first stays out if it comes last, which has the chance 2/6 · 3/4 + 3/6 · 2/3 = 7/12; the second likewise with
    /// 1/6 · 3/5 + 3/6 · 1/3 = 4/15.
    /// </summary>
    [Fact]
    public void DrawsWithoutReplacementByTheWeights()
    {
        const int Draws = 20_000;
        var given = ProfileConditions.Of(3, [.. Enumerable.Repeat(2, Draws)], [.. Enumerable.Repeat(Array.Empty<int>(), Draws)]);
        var scores = Tensor.Of(3, 0, MathF.Log(2), MathF.Log(3)).ExpandTo((Draws, 3));
        var drawn = GumbelTopN.Select(GumbelTopN.Perturbed(scores, given, new Rng(1)), given, 1);
        var shares = drawn.Sum(0).Values.ToArray().Select(count => count / Draws).ToArray();
        Assert.Equal(5 / 12f, shares[0], 0.015f);                                                // deviation √(.24 / 20000) = .0035
        Assert.Equal(11 / 15f, shares[1], 0.015f);
        Assert.Equal(2, shares.Sum(), 1e-4f);
    }

    [Fact]
    public void KnownItemsAreCertainAndAllItemsMayBeAskedFor()
    {
        var given = ProfileConditions.Of(3, [1, 2, 3], [[2], [0, 1], []]);
        var scores = Tensor.Of((3, 3), 5, 5, -5, -5, -5, 5, 0, 0, 0);
        var drawn = GumbelTopN.Select(GumbelTopN.Perturbed(scores, given, new Rng(1)), given, 1);
        Assert.Equal([0, 0, 1, 1, 1, 0, 1, 1, 1], drawn.Values.ToArray());
    }
}

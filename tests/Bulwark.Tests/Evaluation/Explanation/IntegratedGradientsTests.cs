using Bulwark.Evaluation.Explanation;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Explanation;

public sealed class IntegratedGradientsTests
{
    private static readonly Variable X = new("x"), W = new("w");
    private static readonly Point At = new((X, Tensor.Of(3, [1, 2, -1])), (W, Tensor.Of(3, [3, 0.5f, 2])));
    private static readonly Point Baseline = new((X, Tensor.Of(3, [0, 1, 1])));

    /// <summary>f = w · x: a = (x − x₀) w, whatever the steps. w is read and not explained.</summary>
    [Fact]
    public void ALinearFunctionIsExactInOneStep()
    {
        var a = IntegratedGradients.Of(at => at[X].Dot(at[W]), At, Baseline, 1);
        Assert.Equal([3, 0.5f, -4], a[X].Values.ToArray());
        Assert.False(a.TryGet(W, out _));
    }

    /// <summary>f = Σ x²: a = x² − x₀², each for itself, as the midpoint is exact for squares.</summary>
    [Fact]
    public void SquaresAreAttributedEachToItself() =>
        Assert.Equal([1, 3, 0], IntegratedGradients.Of(at => at[X].Dot(at[X]), At, Baseline, 4)[X].Values.ToArray().Select(a => MathF.Round(a, 5)));

    /// <summary>Σ a = f(x) − f(x₀) for a curved function with interactions; the error falls with the square of the step.</summary>
    [Fact]
    public void AttributionsAreComplete()
    {
        Loss f = at => (at[X] * at[W]).Tanh().Sum() + at[X].Exp().Sum() * at[X].Sigmoid().Sum();
        double Error(int steps) => Math.Abs(IntegratedGradients.Error(f, At, Baseline, IntegratedGradients.Of(f, At, Baseline, steps)));
        Assert.InRange(Error(200), 0, 1e-3);
        Assert.True(Error(2) > 10 * Error(20));
    }

    /// <summary>What f does not read gets nothing, and at the baseline itself there is nothing to explain.</summary>
    [Fact]
    public void WhatDoesNotMatterGetsNothing()
    {
        Assert.Equal([0, 0], IntegratedGradients.Of(at => at[X].Slice(0, 0, 1).Exp().Sum(), At, Baseline)[X].Values.ToArray()[1..]);
        Assert.Equal([0, 0, 0], IntegratedGradients.Of(at => at[X].Exp().Sum(), At, new((X, At[X])))[X].Values.ToArray());
    }
}

using Bulwark.Tensors.Optimizers;

namespace Bulwark.Tensors.Tests.Optimizers;

/// <summary>One weight, two or three steps, worked by hand.</summary>
public sealed class UpdateRuleTests
{
    private static readonly Variable W = new("w");

    /// <summary>w ← w − .1 g.</summary>
    [Fact]
    public void SgdSubtractsTheScaledGradient() => AssertSteps(new Sgd(0.1f), 1, (0.5f, 0.95f), (-2, 1.15f), (0, 1.15f));

    /// <summary>m = 1, 1.9, 2.71; w falls by a tenth of each.</summary>
    [Fact]
    public void MomentumAddsUpGradients() => AssertSteps(new Sgd(0.1f, 0.9f), 1, (1, 0.9f), (1, 0.71f), (1, 0.439f));

    /// <summary>s = .16 + .3² = .25, step .1 · .3 / .5 = .06; s = .25 + 1.2² = 1.69, step .1 · 1.2 / 1.3.</summary>
    [Fact]
    public void AdagradDividesByTheRootOfItsSum() =>
        AssertSteps(new Adagrad(0.1f, 0.16f), 1, (0.3f, 0.94f), (1.2f, 0.94f - 0.12f / 1.3f), (0, 0.94f - 0.12f / 1.3f));

    /// <summary>From s = 0 the steps are η sign g, η sign g / √2 and η sign g / √3; a first gradient of 0 is no division by 0.</summary>
    [Fact]
    public void AdagradCanStartAtZero() => AssertSteps(
        new Adagrad(0.1f, 0), 1, (0, 1), (5, 0.9f), (5, 0.9f - 0.1f / MathF.Sqrt(2)), (5, 0.9f - 0.1f / MathF.Sqrt(2) - 0.1f / MathF.Sqrt(3)));

    /// <summary>
    /// m̂ = .5, v̂ = .25: step .1 · .5 / .5. Then m = .9 · .05 − .1 = −.055, m̂ = −.055 / .19; v = .999 · .00025 + .001 = .00124975,
    /// v̂ = v / .001999: step −.1 · .2894737 / .7906881 = −.0366104.
    /// </summary>
    [Fact]
    public void AdamCorrectsItsMomentsForTheirStart() => AssertSteps(new Adam(0.1f), 1, (0.5f, 0.9f), (-1, 0.9366104f));

    /// <summary>ε stands beside the root of the corrected v̂: .1 · .5 / (.5 + .5), then −.1 · .2894737 / (.7906881 + .5).</summary>
    [Fact]
    public void AdamAddsEpsilonToTheCorrectedRoot() =>
        AssertSteps(new Adam(0.1f, Epsilon: 0.5f), 1, (0.5f, 0.95f), (-1, 0.95f + 0.02894737f / 1.2906881f));

    /// <summary>β₁ = β₂ = 0 leaves no memory: every step is η sign g.</summary>
    [Fact]
    public void AdamWithoutMemoryStepsBySign() => AssertSteps(new Adam(0.1f, 0, 0), 1, (0.02f, 0.9f), (-7, 1), (3, 0.9f));

    /// <summary>w ← .99 w beside Adam's step: .99 − .1, then .99 · .89 + .0366104. Decay is not part of the moments.</summary>
    [Fact]
    public void AdamWDecaysApartFromTheGradient()
    {
        AssertSteps(AdamW.Of(0.1f, 0.1f), 1, (0.5f, 0.89f), (-1, 0.99f * 0.89f + 0.0366104f));
        Assert.Equal(new Adam(0.3f, Decay: 0.01f), AdamW.Of(0.3f));
    }

    /// <summary>g = .5 + .1 · 2 = .7.</summary>
    [Fact]
    public void DecayL2AddsTheWeight() => AssertSteps(new Optimizer(At(2), new Sgd(0.1f)) { L2 = 0.1f }, (0.5f, 1.93f));

    /// <summary>g = .5 + .3 sign w: .8 above 0, .2 below, .5 at 0.</summary>
    [Theory]
    [InlineData(2, 1.92f)]
    [InlineData(-2, -2.02f)]
    [InlineData(0, -0.05f)]
    public void DecayL1AddsTheSign(float from, float to) => AssertSteps(new Optimizer(At(from), new Sgd(0.1f)) { L1 = 0.3f }, (0.5f, to));

    /// <summary>After Forget, an optimizer goes on like a new one that starts at its weights.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void ForgetStartsStateAndScheduleAnew(UpdateRule rule)
    {
        var used = new Optimizer(At(1), rule) { Schedule = step => 1f / (1 + step) };
        for (var step = 0; step < 3; step++) used.Step(Gradient(0.25f));
        used.Forget();
        var fresh = new Optimizer(used.At, rule) { Schedule = used.Schedule };
        for (var step = 0; step < 2; step++)
        {
            used.Step(Gradient(-0.5f));
            fresh.Step(Gradient(-0.5f));
            Assert.Equal(fresh.At[W].Item(), used.At[W].Item());
        }
        Assert.Equal(2, used.Steps);
    }

    /// <summary>Rules by their settings.</summary>
    public static TheoryData<UpdateRule> Rules =>
        [new Sgd(0.1f), new Sgd(0.1f, 0.9f), new Adagrad(0.1f), new Adam(0.1f), new Adam(0.1f, 0.8f, 0.95f, 1e-3f), AdamW.Of(0.1f, 0.2f)];

    private static void AssertSteps(UpdateRule rule, float from, params (float Gradient, float To)[] steps) =>
        AssertSteps(new Optimizer(At(from), rule), steps);

    private static void AssertSteps(Optimizer optimizer, params (float Gradient, float To)[] steps)
    {
        foreach (var (gradient, to) in steps)
        {
            optimizer.Step(Gradient(gradient));
            Assert.Equal(to, optimizer.At[W].Item(), 2e-6f);
        }
        Assert.Equal(steps.Length, optimizer.Steps);
    }

    private static Point At(float w) => new((W, Tensor.Of(1, w)));

    private static Move Gradient(float g) => new((W, Tensor.Of(1, g)));
}

using Bulwark.Tensors.Optimizers;

namespace Bulwark.Tensors.Tests.Optimizers;

public sealed class ScheduleTests
{
    [Fact]
    public void WarmUpRisesInEqualSteps() => AssertValues(Schedules.WarmUp(4), 0.25f, 0.5f, 0.75f, 1, 1);

    [Fact]
    public void AWarmUpOfNoStepsIsOver() => AssertValues(Schedules.WarmUp(0), 1, 1);

    /// <summary>.2 + .4 (1 + cos(45° · step)).</summary>
    [Fact]
    public void CosineFallsToItsFloorAndStays()
    {
        AssertValues(Schedules.Cosine(4, 0.2f), 1, 0.8828427f, 0.6f, 0.3171573f, 0.2f, 0.2f);
        Assert.Equal(0, Schedules.Cosine(4)(1_000_000), 1e-7f);
    }

    [Fact]
    public void TimesMultiplies() => AssertValues(Schedules.WarmUp(2).Times(Schedules.Cosine(4, 0.2f)), 0.5f, 0.8828427f, 0.6f, 0.3171573f);

    [Fact]
    public void ConstantIsOne() => AssertValues(Schedules.Constant, 1, 1);

    /// <summary>Steps of η · 1, η · ½, η · ¼ from 1 with gradient 1.</summary>
    [Fact]
    public void TheOptimizerAsksForEachStepFromZero()
    {
        var w = new Variable("w");
        var optimizer = new Optimizer(new Point((w, Tensor.Of(1, 1f))), new Sgd(0.4f)) { Schedule = step => MathF.Pow(0.5f, step) };
        foreach (var expected in new[] { 0.6f, 0.4f, 0.3f })
        {
            optimizer.Step(new Move((w, Tensor.Of(1, 1f))));
            Assert.Equal(expected, optimizer.At[w].Item(), 1e-6f);
        }
    }

    private static void AssertValues(Schedule schedule, params float[] values)
    {
        for (var step = 0; step < values.Length; step++) Assert.Equal(values[step], schedule(step), 1e-6f);
    }
}

namespace Bulwark.Tensors.Optimizers;

/// <summary>What the learning rate is multiplied by at a step, counted from 0.</summary>
public delegate float Schedule(long step);

/// <summary>Schedules, and how they compose.</summary>
public static class Schedules
{
    /// <summary>Always 1.</summary>
    public static Schedule Constant { get; } = static _ => 1;

    /// <summary>(step + 1) / steps up to 1.</summary>
    public static Schedule WarmUp(long steps) => step => Math.Min(1, (step + 1f) / Math.Max(steps, 1));

    /// <summary>Half a cosine from 1 to <paramref name="floor"/> over the steps (Loshchilov and Hutter 2017), then the floor.</summary>
    public static Schedule Cosine(long steps, float floor = 0) => step =>
        floor + (1 - floor) * 0.5f * (1 + MathF.Cos(MathF.PI * Math.Min(step, steps) / Math.Max(steps, 1)));

    /// <summary>Both factors at once: <c>WarmUp(100).Times(Cosine(10_000))</c>.</summary>
    public static Schedule Times(this Schedule first, Schedule second) => step => first(step) * second(step);
}

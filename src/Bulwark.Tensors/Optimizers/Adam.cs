using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Optimizers;

/// <summary>
/// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − η m̂ / (√v̂ + ε), with m̂ and v̂ corrected for their start at 0 (Kingma and Ba 2015).
/// With <see cref="Decay"/> it is AdamW: w ← w − η λ w besides (Loshchilov and Hutter 2019).
/// </summary>
/// <param name="Rate">η.</param>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Decay">λ, decoupled from the gradient.</param>
/// <remarks>Row-sparse gradients touch only their rows ("lazy Adam"): the moments of other rows rest, and they do not decay.</remarks>
public sealed record Adam(float Rate, float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-8f, float Decay = 0) : UpdateRule
{
    /// <inheritdoc/>
    public override float Rate { get; init; } = Rate;

    internal override int Slots => 2;

    internal override UpdateConstants At(long step, float rate)
    {
        var (first, second) = (1 - Math.Pow(Beta1, step), 1 - Math.Pow(Beta2, step));
        var scale = Math.Sqrt(second);                       // m̂ / (√v̂ + ε) = (√second / first) · m / (√v + ε √second)
        return new((float)(rate * scale / first), Beta1, Beta2, (float)(Epsilon * scale), rate * Decay);
    }

    internal override void Apply(in UpdateRows rows, in UpdateConstants constants) => UpdateKernel.Apply<Formula>(rows, constants);

    private readonly struct Formula : IUpdate
    {
        public static int Slots => 2;

        public static void Of<T>(ref T weight, T gradient, ref T slot0, ref T slot1, in UpdateConstants with) where T : struct, ILanes<T>
        {
            slot0 = T.Fma(T.Of(with.A), slot0, T.Of(1 - with.A) * gradient);
            slot1 = T.Fma(T.Of(with.B), slot1, T.Of(1 - with.B) * gradient * gradient);
            weight = T.Fma(T.Of(-with.D), weight, weight);
            weight = T.Fma(T.Of(-with.Rate), slot0 / (T.Sqrt(slot1) + T.Of(with.C)), weight);
        }
    }
}

/// <summary>Adam with weight decay decoupled from the gradient (Loshchilov and Hutter 2019): a setting of <see cref="Adam"/>.</summary>
public static class AdamW
{
    /// <summary>Adam with a default decay of .01.</summary>
    public static Adam Of(float rate, float decay = 0.01f) => new(rate, Decay: decay);
}

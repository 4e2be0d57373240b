using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Optimizers;

/// <summary>m ← μ m + g; w ← w − η m (Polyak 1964). Without momentum, w ← w − η g and no state.</summary>
/// <param name="Rate">η.</param>
/// <param name="Momentum">μ in [0, 1).</param>
/// <remarks>Row-sparse gradients touch only their rows: the momentum of other rows rests.</remarks>
public sealed record Sgd(float Rate, float Momentum = 0) : UpdateRule
{
    /// <inheritdoc/>
    public override float Rate { get; init; } = Rate;

    internal override int Slots => Momentum == 0 ? 0 : 1;

    internal override UpdateConstants At(long step, float rate) => new(rate, Momentum);

    internal override void Apply(in UpdateRows rows, in UpdateConstants constants)
    {
        if (Momentum == 0) UpdateKernel.Apply<Plain>(rows, constants);
        else UpdateKernel.Apply<WithMomentum>(rows, constants);
    }

    private readonly struct Plain : IUpdate
    {
        public static int Slots => 0;

        public static void Of<T>(ref T weight, T gradient, ref T slot0, ref T slot1, in UpdateConstants with) where T : struct, ILanes<T> =>
            weight = T.Fma(T.Of(-with.Rate), gradient, weight);
    }

    private readonly struct WithMomentum : IUpdate
    {
        public static int Slots => 1;

        public static void Of<T>(ref T weight, T gradient, ref T slot0, ref T slot1, in UpdateConstants with) where T : struct, ILanes<T>
        {
            slot0 = T.Fma(T.Of(with.A), slot0, gradient);
            weight = T.Fma(T.Of(-with.Rate), slot0, weight);
        }
    }
}

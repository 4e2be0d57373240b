using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Optimizers;

/// <summary>s ← s + g²; w ← w − η g / √s (Duchi, Hazan and Singer 2011).</summary>
/// <param name="Rate">η.</param>
/// <param name="InitialAccumulator">s before the first step; .1 in the published recommenders.</param>
/// <remarks>Touching only the rows of a row-sparse gradient is exact here: a zero gradient changes nothing.</remarks>
public sealed record Adagrad(float Rate, float InitialAccumulator = 0.1f) : UpdateRule
{
    /// <inheritdoc/>
    public override float Rate { get; init; } = Rate;

    internal override int Slots => 1;

    internal override float InitialState => InitialAccumulator;

    internal override UpdateConstants At(long step, float rate) => new(rate);

    internal override void Apply(in UpdateRows rows, in UpdateConstants constants) => UpdateKernel.Apply<Formula>(rows, constants);

    private readonly struct Formula : IUpdate
    {
        public static int Slots => 1;

        public static void Of<T>(ref T weight, T gradient, ref T slot0, ref T slot1, in UpdateConstants with) where T : struct, ILanes<T>
        {
            slot0 = T.Fma(gradient, gradient, slot0);
            weight = T.Fma(T.Of(-with.Rate) * gradient, LaneMath.InverseSqrt(slot0), weight);
        }
    }
}

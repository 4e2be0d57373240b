using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>σ(x) = 1 / (1 + e⁻ˣ). ∂/∂x = σ(1 − σ).</summary>
    public static Tensor Sigmoid(this Tensor x) => Tape.Record(Broadcasting.Apply<SigmoidKernel>(x), SigmoidPull, x);

    private static readonly Pullback SigmoidPull = static (node, gradient, _) => Slope<SigmoidSlope>(gradient, node.Output, static y => y * (1 - y));

    private readonly struct SigmoidKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Sigmoid(x);
    }

    private readonly struct SigmoidSlope : IBinary
    {
        public static T Of<T>(T gradient, T y) where T : struct, ILanes<T> => gradient * (y * (T.Of(1) - y));
    }
}

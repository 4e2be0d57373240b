using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>ln(1 + eˣ), without overflow. ∂/∂x = σ(x).</summary>
    public static Tensor Softplus(this Tensor x) => Tape.Record(Broadcasting.Apply<SoftplusKernel>(x), SoftplusPull, x);

    private static readonly Pullback SoftplusPull = static (node, gradient, _) => Slope<SoftplusSlope>(gradient, node.Inputs[0], static x => x.Sigmoid());

    private readonly struct SoftplusKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Softplus(x);
    }

    private readonly struct SoftplusSlope : IBinary
    {
        public static T Of<T>(T gradient, T x) where T : struct, ILanes<T> => gradient * LaneMath.Sigmoid(x);
    }
}

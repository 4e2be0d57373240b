using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>tanh x. ∂/∂x = 1 − tanh² x.</summary>
    public static Tensor Tanh(this Tensor x) => Tape.Record(Broadcasting.Apply<TanhKernel>(x), TanhPull, x);

    private static readonly Pullback TanhPull = static (node, gradient, _) => Slope<TanhSlope>(gradient, node.Output, static y => 1 - y * y);

    private readonly struct TanhKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Tanh(x);
    }

    private readonly struct TanhSlope : IBinary
    {
        public static T Of<T>(T gradient, T y) where T : struct, ILanes<T> => gradient * (T.Of(1) - y * y);
    }
}

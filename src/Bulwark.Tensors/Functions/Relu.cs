using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>max(x, 0). ∂/∂x = 1 where x > 0, else 0.</summary>
    public static Tensor Relu(this Tensor x) => Tape.Record(Broadcasting.Apply<ReluKernel>(x), ReluPull, x);

    private static readonly Pullback ReluPull = static (node, gradient, _) => Slope<ReluSlope>(gradient, node.Output, static y => y.Step());

    private readonly struct ReluKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Max(x, T.Of(0));
    }

    private readonly struct ReluSlope : IBinary
    {
        public static T Of<T>(T gradient, T y) where T : struct, ILanes<T> => gradient * T.IfLess(T.Of(0), y, T.Of(1), T.Of(0));
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>tanh x. ∂/∂x = 1 − tanh² x.</summary>
    public static Tensor Tanh(this Tensor x) => Tape.Record(Broadcasting.Apply<TanhKernel>(x), TanhPull, x);

    private static readonly Pullback TanhPull = static (node, gradient, _) => gradient * (1 - node.Output * node.Output);

    private readonly struct TanhKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Tanh(x);
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>√x. ∂/∂x = 1 / (2√x).</summary>
    public static Tensor Sqrt(this Tensor x) => Tape.Record(Broadcasting.Apply<SqrtKernel>(x), SqrtPull, x);

    private static readonly Pullback SqrtPull = static (node, gradient, _) => gradient / node.Output * 0.5f;

    private readonly struct SqrtKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.Sqrt(x);
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>|x|. ∂/∂x = sign x, 0 at 0.</summary>
    public static Tensor Abs(this Tensor x) => Tape.Record(Broadcasting.Apply<AbsKernel>(x), AbsPull, x);

    private static readonly Pullback AbsPull = static (node, gradient, _) => gradient * node.Inputs[0].Sign();

    private readonly struct AbsKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.Abs(x);
    }
}

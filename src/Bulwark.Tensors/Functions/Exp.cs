using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>eˣ. ∂/∂x = eˣ.</summary>
    public static Tensor Exp(this Tensor x) => Tape.Record(Broadcasting.Apply<ExpKernel>(x), ExpPull, x);

    private static readonly Pullback ExpPull = static (node, gradient, _) => gradient * node.Output;

    private readonly struct ExpKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Exp(x);
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>1 where x > 0, else 0. ∂/∂x = 0.</summary>
    public static Tensor Step(this Tensor x) => Tape.Record(Broadcasting.Apply<StepKernel>(x), StepPull, x);

    private static readonly Pullback StepPull = static (node, gradient, _) => gradient * 0;

    private readonly struct StepKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.IfLess(T.Of(0), x, T.Of(1), T.Of(0));
    }
}

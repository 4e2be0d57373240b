using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>1 where x > 0, −1 where x &lt; 0, else x itself: 0 or NaN. ∂/∂x = 0. A row-sparse tensor stays so.</summary>
    public static Tensor Sign(this Tensor x) =>
        Tape.Record(x.WithStored(Broadcasting.Apply<SignKernel>(x.Stored)), static (_, gradient, _) => gradient * 0, x);

    internal readonly struct SignKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.IfLess(T.Of(0), x, T.Of(1), T.IfLess(x, T.Of(0), T.Of(-1), x));
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>ln x: −∞ at 0, NaN below. ∂/∂x = 1/x.</summary>
    public static Tensor Log(this Tensor x) => Tape.Record(Broadcasting.Apply<LogKernel>(x), LogPull, x);

    private static readonly Pullback LogPull = static (node, gradient, _) => gradient / node.Inputs[0];

    private readonly struct LogKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Log(x);
    }
}

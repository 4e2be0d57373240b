using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>ln σ(x) = −softplus(−x). ∂/∂x = σ(−x) = 1 − σ(x).</summary>
    public static Tensor LogSigmoid(this Tensor x) => Tape.Record(Broadcasting.Apply<LogSigmoidKernel>(x), LogSigmoidPull, x);

    private static readonly Pullback LogSigmoidPull = static (node, gradient, _) =>
        Slope<LogSigmoidSlope>(gradient, node.Inputs[0], static x => (-x).Sigmoid());

    private readonly struct LogSigmoidKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => -LaneMath.Softplus(-x);
    }

    private readonly struct LogSigmoidSlope : IBinary
    {
        public static T Of<T>(T gradient, T x) where T : struct, ILanes<T> => gradient * LaneMath.Sigmoid(-x);
    }
}

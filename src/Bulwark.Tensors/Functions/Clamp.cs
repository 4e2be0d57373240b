using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>x kept within [low, high]; NaN stays. ∂/∂x = 1 inside, borders included, else 0.</summary>
    /// <exception cref="ArgumentException">low is above high.</exception>
    public static Tensor Clamp(this Tensor x, float low, float high)
    {
        if (!(low <= high)) throw new ArgumentException($"There is nothing between {low} and {high}.");
        var result = Tensor.Uninitialized(x.Shape);
        ClampElements(x, low, high, result);
        return Tape.Record(result, ClampPull, x);
    }

    /// <summary>Inside is where clamping changed nothing.</summary>
    private static readonly Pullback ClampPull = static (node, gradient, _) => gradient * Broadcasting.Apply<IsEqual>(node.Inputs[0], node.Output);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void ClampElements(Tensor x, float low, float high, Tensor result) =>
        Loop.Run(x.Shape.Count, new ClampStep(x.Data, low, high, result.Data));

    private readonly unsafe struct ClampStep(float* x, float low, float high, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(LaneMath.Min(LaneMath.Max(T.Load(x + i), T.Of(low)), T.Of(high)), to + i);
    }

    private readonly struct IsEqual : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => T.IfEqual(x, y, T.Of(1), T.Of(0));
    }
}

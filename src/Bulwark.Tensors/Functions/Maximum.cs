using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>The larger of x and y, element by element, broadcasting; NaN if either is. The larger takes the gradient; equals take half each.</summary>
    public static Tensor Maximum(this Tensor x, Tensor y) => Tape.Record(Broadcasting.Apply<Larger>(x, y), MaximumPull, x, y);

    /// <summary>The smaller of x and y, element by element, broadcasting; NaN if either is. The smaller takes the gradient; equals take half each.</summary>
    public static Tensor Minimum(this Tensor x, Tensor y) => Tape.Record(Broadcasting.Apply<Smaller>(x, y), MinimumPull, x, y);

    private static readonly Pullback MaximumPull = static (node, gradient, input) =>
        (gradient * Broadcasting.Apply<ShareOfLarger>(node.Inputs[input], node.Inputs[1 - input])).SumTo(node.Inputs[input].Shape);

    private static readonly Pullback MinimumPull = static (node, gradient, input) =>
        (gradient * Broadcasting.Apply<ShareOfLarger>(node.Inputs[1 - input], node.Inputs[input])).SumTo(node.Inputs[input].Shape);

    /// <summary>The larger; NaN if either is.</summary>
    private readonly struct Larger : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => T.IfEqual(y, y, LaneMath.Max(x, y), y);
    }

    /// <summary>The smaller; NaN if either is.</summary>
    private readonly struct Smaller : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => T.IfEqual(y, y, LaneMath.Min(x, y), y);
    }

    /// <summary>1 where x is larger than y, ½ where they are equal, else 0.</summary>
    private readonly struct ShareOfLarger : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> =>
            T.IfLess(y, x, T.Of(1), T.IfEqual(x, y, T.Of(0.5f), T.Of(0)));
    }
}

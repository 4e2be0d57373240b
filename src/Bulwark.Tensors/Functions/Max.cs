using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>The largest element, a scalar; NaN if there is one. The first place where it stands takes the gradient.</summary>
    public static Tensor Max(this Tensor x) => x.Reshape(x.Shape.Count).Max(0);

    /// <summary>The smallest element, a scalar; NaN if there is one. The first place where it stands takes the gradient.</summary>
    public static Tensor Min(this Tensor x) => x.Reshape(x.Shape.Count).Min(0);

    /// <summary>The largest over one axis, which disappears unless kept with length 1. The first place where it stands takes the gradient.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Max(this Tensor x, int axis, bool keep = false) => Extreme<Larger>(x, axis, keep);

    /// <summary>The smallest over one axis, which disappears unless kept with length 1. The first place where it stands takes the gradient.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Min(this Tensor x, int axis, bool keep = false) => Extreme<Smaller>(x, axis, keep);

    private static Tensor Extreme<TChoice>(Tensor x, int axis, bool keep) where TChoice : struct, IBinary
    {
        if (x.Shape[axis] == 0) throw new ArgumentException($"Axis {axis} of {x.Shape} is empty; it has no largest or smallest element.");
        var result = Tensor.Uninitialized(x.Shape.With(axis, 1));
        ChooseOverAxis<TChoice>(x, x.Shape.Axis(axis), result);
        result = Tape.Record(result, ExtremePull, null, x.Shape.Axis(axis), x);
        return keep ? result : result.Reshape(x.Shape.Without(axis));
    }

    private static readonly Pullback ExtremePull = static (node, gradient, _) =>
        gradient.ExpandTo(node.Inputs[0].Shape) * FirstEqual(node.Inputs[0], (int)node.Number, node.Output);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void ChooseOverAxis<TChoice>(Tensor x, int axis, Tensor result) where TChoice : struct, IBinary
    {
        int length = x.Shape[axis], inner = x.Shape.Trailing(axis + 1);
        float* from = x.Data, to = result.Data;
        for (var outer = x.Shape.Leading(axis); outer > 0; outer--, to += inner)
        {
            if (inner == 1)
            {
                *to = Loop.Extreme<TChoice>(from, length);
                from += length;
                continue;
            }
            RowKernels.Copy(from, to, inner);
            from += inner;
            for (var i = 1; i < length; i++, from += inner) Elementwise.Zip<TChoice>(to, from, to, inner);
        }
    }

    /// <summary>1 at the first place along the axis where x has the value y, 0 elsewhere: a constant.</summary>
    private static unsafe Tensor FirstEqual(Tensor x, int axis, Tensor y)
    {
        var result = Tensor.Zeros(x.Shape);
        int length = x.Shape[axis], inner = x.Shape.Trailing(axis + 1);
        float* from = x.Data, value = y.Data, to = result.Data;
        for (var outer = x.Shape.Leading(axis); outer > 0; outer--, from += (nint)length * inner, to += (nint)length * inner, value += inner)
            for (var j = 0; j < inner; j++)
            {
                nint i = 0;
                while (i < length && from[i * inner + j] != value[j]) i++;
                if (i < length) to[i * inner + j] = 1;
            }
        return result;
    }
}

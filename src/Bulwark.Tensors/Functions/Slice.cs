namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>The part of an axis from <paramref name="start"/> on. ∂/∂x = the gradient with zeros around it (<see cref="Pad"/>).</summary>
    /// <exception cref="ArgumentException">The part does not lie within the axis.</exception>
    public static Tensor Slice(this Tensor x, int axis, int start, int length)
    {
        var at = x.Shape.Axis(axis);
        if (start < 0 || length < 0 || start > x.Shape[at] - length)
            throw new ArgumentException($"{length} elements from {start} on do not lie within axis {axis} of {x.Shape}.");
        var result = Tensor.Uninitialized(x.Shape.With(at, length));
        CopyStretch(x, start, result, 0, at, length);
        return Tape.Record(result, SlicePull, new Stretch(at, start), 0, x);
    }

    /// <summary>x at <paramref name="start"/> of an axis of this length, zeros before and after. ∂/∂x = the <see cref="Slice"/>.</summary>
    /// <exception cref="ArgumentException">x does not fit.</exception>
    public static Tensor Pad(this Tensor x, int axis, int start, int length)
    {
        var at = x.Shape.Axis(axis);
        if (start < 0 || start > length - x.Shape[at])
            throw new ArgumentException($"Axis {axis} of {x.Shape} does not fit into a length of {length} from {start} on.");
        var result = Tensor.Zeros(x.Shape.With(at, length));
        CopyStretch(x, 0, result, start, at, x.Shape[at]);
        return Tape.Record(result, PadPull, new Stretch(at, start), 0, x);
    }

    private sealed record Stretch(int Axis, int Start);

    private static readonly Pullback SlicePull = static (node, gradient, _) =>
    {
        var (axis, start) = (Stretch)node.Data!;
        return gradient.Pad(axis, start, node.Inputs[0].Shape[axis]);
    };

    private static readonly Pullback PadPull = static (node, gradient, _) =>
    {
        var (axis, start) = (Stretch)node.Data!;
        return gradient.Slice(axis, start, node.Inputs[0].Shape[axis]);
    };

    /// <summary>Copies a stretch of an axis to a place on the same axis of a tensor whose other axes are equal.</summary>
    private static unsafe void CopyStretch(Tensor from, int fromStart, Tensor to, int toStart, int axis, int length)
    {
        nint inner = from.Shape.Trailing(axis + 1), fromLength = from.Shape[axis] * inner, toLength = to.Shape[axis] * inner;
        float* source = from.Data + fromStart * inner, target = to.Data + toStart * inner;
        var outer = from.Shape.Leading(axis);
        for (var i = 0; i < outer; i++, source += fromLength, target += toLength)
            new ReadOnlySpan<float>(source, (int)(length * inner)).CopyTo(new Span<float>(target, (int)(length * inner)));
    }
}

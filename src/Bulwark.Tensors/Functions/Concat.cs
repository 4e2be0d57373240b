namespace Bulwark.Tensors;

public static partial class Functions
{
    extension(Tensor)
    {
        /// <summary>Tensors one after the other along an axis. ∂/∂part = its <see cref="Slice"/> of the gradient.</summary>
        /// <exception cref="ArgumentException">There is no part, or lengths differ along another axis.</exception>
        public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> parts)
        {
            if (parts.Length == 0) throw new ArgumentException("Concat needs at least one tensor.");
            var first = parts[0].Shape;
            var (at, length) = (first.Axis(axis), 0);
            foreach (var part in parts)
            {
                if (part.Shape.Rank != first.Rank || part.Shape.With(at, 1) != first.With(at, 1))
                    throw new ArgumentException($"The shapes {first} and {part.Shape} do not join along axis {axis}.");
                length += part.Shape[at];
            }
            var result = Tensor.Uninitialized(first.With(at, length));
            var start = 0;
            foreach (var part in parts)
            {
                CopyStretch(part, 0, result, start, at, part.Shape[at]);
                start += part.Shape[at];
            }
            return Tape.Record(result, ConcatPull, null, at, parts);
        }
    }

    private static readonly Pullback ConcatPull = static (node, gradient, input) =>
    {
        var (axis, start) = ((int)node.Number, 0);
        for (var i = 0; i < input; i++) start += node.Inputs[i].Shape[axis];
        return gradient.Slice(axis, start, node.Inputs[input].Shape[axis]);
    };
}

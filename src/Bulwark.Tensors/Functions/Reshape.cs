namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>The same values in row-major order under another shape; nothing is copied. ∂/∂x = 1.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public static Tensor Reshape(this Tensor x, Shape shape)
    {
        if (x.Shape == shape) return x;
        if (x.Shape.Count != shape.Count) throw new ArgumentException($"The shape {x.Shape} has {x.Shape.Count} elements, {shape} has {shape.Count}.");
        return Tape.Record(x.View(shape), static (node, gradient, _) => gradient.Reshape(node.Inputs[0].Shape), x);
    }
}

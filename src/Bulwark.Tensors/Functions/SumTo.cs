using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>The sum of all elements, a scalar. ∂/∂x = 1.</summary>
    public static Tensor Sum(this Tensor x) => x.SumTo(default);

    /// <summary>The sum over one axis, which disappears unless kept with length 1.</summary>
    public static Tensor Sum(this Tensor x, int axis, bool keep = false)
    {
        var sum = x.SumTo(x.Shape.With(axis, 1));
        return keep ? sum : sum.Reshape(x.Shape.Without(axis));
    }

    /// <summary>The mean of all elements, a scalar.</summary>
    public static Tensor Mean(this Tensor x) => x.Sum() * (1f / x.Shape.Count);

    /// <summary>The mean over one axis.</summary>
    public static Tensor Mean(this Tensor x, int axis, bool keep = false) => x.Sum(axis, keep) * (1f / x.Shape[axis]);

    /// <summary>The sum over every axis along which <paramref name="shape"/> would stretch to x's: the pullback of <see cref="ExpandTo"/>.</summary>
    public static Tensor SumTo(this Tensor x, Shape shape)
    {
        if (x.Shape == shape) return x;
        var result = Tensor.Uninitialized(shape);
        Broadcasting.Sum(x, result);
        return Tape.Record(result, static (node, gradient, _) => gradient.ExpandTo(node.Inputs[0].Shape), x);
    }

    /// <summary>x stretched along its axes of length 1 (and missing leading ones): the pullback of <see cref="SumTo"/>.</summary>
    public static Tensor ExpandTo(this Tensor x, Shape shape)
    {
        if (x.Shape == shape) return x;
        if (Shape.Broadcast(x.Shape, shape) != shape) throw new ArgumentException($"The shape {x.Shape} does not expand to {shape}.");
        var result = Tensor.Uninitialized(shape);
        Broadcasting.Expand(x, result);
        return Tape.Record(result, static (node, gradient, _) => gradient.SumTo(node.Inputs[0].Shape), x);
    }
}

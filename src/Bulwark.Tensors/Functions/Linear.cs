using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// x · weights + bias for every row of x: (…, in), (in, out) and (out) to (…, out); the bias is added inside the product.
    /// ∂/∂x = dy · weightsᵀ, ∂/∂weights = xᵀ · dy over all rows, ∂/∂bias = Σ dy.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public static unsafe Tensor Linear(this Tensor x, Tensor weights, Tensor? bias = null)
    {
        var shape = weights.Shape;
        if (shape.Rank != 2 || x.Shape.Rank == 0 || x.Shape.Last != shape[0] || bias is not null && (bias.Shape.Rank != 1 || bias.Shape[0] != shape[1]))
            throw new ArgumentException($"Linear needs (…, in), (in, out) and (out), not {x.Shape}, {shape} and {bias?.Shape.ToString() ?? "no bias"}.");
        var (rows, inputs, outputs) = (x.Shape.Rows, shape[0], shape[1]);
        var y = Tensor.Uninitialized(x.Shape.With(-1, outputs));
        var epilogue = new Epilogue { Bias = bias is null ? null : bias.Data };
        Kernels.MatMul.Multiply(rows, outputs, inputs, x.Data, inputs, false, weights.Data, outputs, false, y.Data, outputs, epilogue);
        return bias is null ? Tape.Record(y, LinearPull, x, weights) : Tape.Record(y, LinearPull, x, weights, bias);
    }

    private static readonly Pullback LinearPull = static (node, gradient, input) =>
    {
        var (x, weights) = (node.Inputs[0], node.Inputs[1]);
        var rows = gradient.Reshape((x.Shape.Rows, weights.Shape[1]));
        return input switch
        {
            0 => rows.MatMul(weights, transposeY: true).Reshape(x.Shape),
            1 => x.Reshape((x.Shape.Rows, weights.Shape[0])).MatMul(rows, transposeX: true),
            _ => rows.SumTo(node.Inputs[2].Shape),
        };
    };
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// x · op(weights) + bias for every row of x: (…, in), (in, out) and (out) to (…, out); the bias is added inside the product.
    /// ∂/∂x = dy · op(weights)ᵀ, ∂/∂op(weights) = xᵀ · dy over all rows, ∂/∂bias = Σ dy.
    /// </summary>
    /// <param name="x">(…, in).</param>
    /// <param name="weights">(in, out), or (out, in) if transposed.</param>
    /// <param name="bias">(out); null for none.</param>
    /// <param name="transpose">Whether op(weights) = weightsᵀ.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public static unsafe Tensor Linear(this Tensor x, Tensor weights, Tensor? bias = null, bool transpose = false)
    {
        var shape = transpose && weights.Shape.Rank == 2 ? (weights.Shape[1], weights.Shape[0]) : weights.Shape;
        if (shape.Rank != 2 || x.Shape.Rank == 0 || x.Shape.Last != shape[0] || bias is not null && (bias.Shape.Rank != 1 || bias.Shape[0] != shape[1]))
            throw new ArgumentException($"Linear needs (…, in), (in, out) and (out), not {x.Shape}, {shape} and {bias?.Shape.ToString() ?? "no bias"}.");
        var (rows, inputs, outputs) = (x.Shape.Rows, shape[0], shape[1]);
        var y = Tensor.Uninitialized(x.Shape.With(-1, outputs));
        var epilogue = new Epilogue { Bias = bias is null ? null : bias.Data };
        Kernels.MatMul.Multiply(rows, outputs, inputs, x.Data, inputs, false, weights.Data, weights.Shape[1], transpose, y.Data, outputs, epilogue);
        return bias is null ? Tape.Record(y, LinearPull, null, transpose ? 1 : 0, x, weights) : Tape.Record(y, LinearPull, null, transpose ? 1 : 0, x, weights, bias);
    }

    private static readonly Pullback LinearPull = static (node, gradient, input) =>
    {
        var (x, weights, transpose) = (node.Inputs[0], node.Inputs[1], node.Number != 0);
        var rows = gradient.Reshape((gradient.Shape.Rows, gradient.Shape.Last));
        return input switch
        {
            0 => rows.MatMul(weights, transposeY: !transpose).Reshape(x.Shape),
            1 when transpose => rows.MatMul(x.Reshape((x.Shape.Rows, x.Shape.Last)), transposeX: true),
            1 => x.Reshape((x.Shape.Rows, x.Shape.Last)).MatMul(rows, transposeX: true),
            _ => rows.SumTo(node.Inputs[2].Shape),
        };
    };
}

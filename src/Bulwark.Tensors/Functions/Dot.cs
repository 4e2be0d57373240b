using Bulwark.Tensors.Forms;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>Σ_c x[…, c] · y[…, c]: the dot product of matching rows, (b, d) and (b, d) to (b). ∂/∂x[b, :] = y[b, :].</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static unsafe Tensor Dot(this Tensor x, Tensor y)
    {
        if (x.Shape != y.Shape || x.Shape.Rank == 0) throw new ArgumentException($"Dot needs two equal shapes of rows, not {x.Shape} and {y.Shape}.");
        var result = Tensor.Uninitialized(x.Shape.Without(-1));
        RowKernels.Dot(x.RowsInPlace(), y.RowsInPlace(), x.Shape.Rows, x.Shape.Last, result.Data);
        return Tape.Record(result, static (node, gradient, input) => node.Inputs[1 - input].ScaleRows(gradient), x, y);
    }

    /// <summary>c[b] · x[b, :]: each row scaled, (b, d) and (b) to (b, d). ∂/∂x = c, ∂/∂c[b] = Σ x[b, :].</summary>
    public static Tensor ScaleRows(this Tensor x, Tensor c)
    {
        if (c.Shape.Count != x.Shape.Rows) throw new ArgumentException($"ScaleRows needs one factor a row; {x.Shape} and {c.Shape} do not match.");
        return Tape.Record(new Tensor(x.Shape, new Scaled(new Term(c, x))), ScaleRowsPull, x, c);
    }

    private static readonly Pullback ScaleRowsPull = static (node, gradient, input) =>
        input == 0 ? gradient.ScaleRows(node.Inputs[1]) : gradient.Dot(node.Inputs[0]);
}

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// The matrix product op(x) · op(y) over the last two axes, where op transposes or not: (…, m, k) and (…, k, n) to (…, m, n); leading axes
    /// are equal. ∂/∂op(x) = dz · op(y)ᵀ, ∂/∂op(y) = op(x)ᵀ · dz: products again, and nothing is ever transposed in memory.
    /// </summary>
    /// <exception cref="ArgumentException">The inner lengths or the leading axes differ, or there are fewer than two axes.</exception>
    public static unsafe Tensor MatMul(this Tensor x, Tensor y, bool transposeX = false, bool transposeY = false)
    {
        var (a, b) = (x.Shape, y.Shape);
        if (a.Rank < 2 || a.Rank != b.Rank) throw NoProduct(a, b, transposeX, transposeY);
        for (var axis = 0; axis < a.Rank - 2; axis++) if (a[axis] != b[axis]) throw NoProduct(a, b, transposeX, transposeY);
        var (m, k) = transposeX ? (a[-1], a[-2]) : (a[-2], a[-1]);
        var (inner, n) = transposeY ? (b[-1], b[-2]) : (b[-2], b[-1]);
        if (k != inner) throw NoProduct(a, b, transposeX, transposeY);

        var z = Tensor.Uninitialized(a.With(-2, m).With(-1, n));
        var batch = a.Leading(a.Rank - 2);
        if (batch == 1) Kernels.MatMul.Multiply(m, n, k, x.Data, a[-1], transposeX, y.Data, b[-1], transposeY, z.Data, n);
        else Kernels.MatMul.Batched(batch, m, n, k, x.Data, m * k, a[-1], transposeX, y.Data, k * n, b[-1], transposeY, z.Data, m * n, n);
        return Tape.Record(z, MatMulPull, null, (transposeX ? 1 : 0) + (transposeY ? 2 : 0), x, y);
    }

    private static readonly Pullback MatMulPull = static (node, gradient, input) =>
    {
        var (x, y) = (node.Inputs[0], node.Inputs[1]);
        var (transposeX, transposeY) = (((int)node.Number & 1) != 0, ((int)node.Number & 2) != 0);
        return (input, transposeX, transposeY) switch
        {
            (0, false, _) => gradient.MatMul(y, false, !transposeY),
            (0, true, _) => y.MatMul(gradient, transposeY, true),
            (_, _, false) => x.MatMul(gradient, !transposeX, false),
            (_, _, true) => gradient.MatMul(x, true, transposeX),
        };
    };

    private static ArgumentException NoProduct(Shape x, Shape y, bool transposeX, bool transposeY) => new(
        $"No matrix product of {x}{(transposeX ? " transposed" : "")} and {y}{(transposeY ? " transposed" : "")}: " +
        "it needs (…, m, k) and (…, k, n) with equal leading axes.");
}

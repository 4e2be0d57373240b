using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// The product A · x of a constant sparse matrix and a table: (m, n) and (n, d) to (m, d); one step of propagation on a graph. ∂/∂x = Aᵀ · dy.
    /// </summary>
    /// <exception cref="ArgumentException">x is not a matrix with a row for each column of A.</exception>
    public static Tensor SparseMatMul(this SparseRows a, Tensor x)
    {
        if (x.Shape.Rank != 2 || x.Shape[0] != a.ColumnCount)
            throw new ArgumentException($"No product of a sparse ({a.RowCount}, {a.ColumnCount}) matrix and {x.Shape}: it needs a row for each column.");
        var result = Tensor.Uninitialized((a.RowCount, x.Shape[1]));
        MultiplySparse(a, x, result);
        return Tape.Record(result, static (node, gradient, _) => ((SparseRows)node.Data!).Transposed.SparseMatMul(gradient), a, 0, x);
    }

    private const int SparseRowsPerPart = 256;

    /// <summary>A part has so many rows of A; a row is one chain of fused multiply-adds in the order of its entries, whoever works on it.</summary>
    private static unsafe void MultiplySparse(SparseRows a, Tensor x, Tensor result)
    {
        fixed (int* start = a.Start, columns = a.Columns)
        fixed (float* values = a.AllValues)
        {
            var job = new SparseJob { Start = start, Columns = columns, Values = values, X = x.Data, To = result.Data, Rows = a.RowCount, Width = x.Shape[1] };
            Team.Run((job.Rows + SparseRowsPerPart - 1) / SparseRowsPerPart, job, static (job, part) =>
                RowKernels.WeightedSums(
                    job.Start, job.Columns, job.Values, job.X, job.Width, part * SparseRowsPerPart, Math.Min(job.Rows, (part + 1) * SparseRowsPerPart), job.To));
        }
    }

    private unsafe struct SparseJob
    {
        public int* Start, Columns;
        public float* Values, X, To;
        public int Rows, Width;
    }
}

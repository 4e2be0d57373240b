using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>
/// The largest entries of each row of a product of sparse matrices, the diagonal left out. Rows are made one by one, so that memory grows with
/// what is kept; each part of the rows has one dense row of sums.
/// </summary>
internal static class TopProduct
{
    private const int RowsPerPart = 128;

    /// <summary>(rows, inner) times (inner, columns).</summary>
    /// <param name="left">(rows, inner).</param>
    /// <param name="right">(inner, columns).</param>
    /// <param name="valuesOf">What an entry counts: of its row, then of its column and the product; those above zero are kept.</param>
    /// <param name="most">How many entries of a row are kept.</param>
    /// <param name="cancel">Stops between parts.</param>
    public static SparseRows Of(SparseRows left, SparseRows right, Func<int, Func<int, float, float>> valuesOf, int most, CancellationToken cancel)
    {
        var rows = new (int Place, float Value)[left.RowCount][];
        Team.Run((rows.Length + RowsPerPart - 1) / RowsPerPart, 0, (_, part) =>
        {
            cancel.ThrowIfCancellationRequested();
            var sums = new SparseAccumulator(right.ColumnCount);
            for (int row = part * RowsPerPart, end = Math.Min(rows.Length, row + RowsPerPart); row < end; row++)
            {
                var (self, value) = (row, valuesOf(row));
                var inner = left.Row(row);
                var scales = left.Values(row);
                sums.Clear();
                for (var n = 0; n < inner.Length; n++) sums.Add(right.Row(inner[n]), right.Values(inner[n]), scales[n]);
                rows[row] = sums.Best((column, sum) => column == self ? 0 : value(column, sum), most);
            }
        });

        var start = new int[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++) start[row + 1] = checked(start[row] + rows[row].Length);
        var (columns, values) = (new int[start[^1]], new float[start[^1]]);
        for (var row = 0; row < rows.Length; row++)
            for (var n = 0; n < rows[row].Length; n++) (columns[start[row] + n], values[start[row] + n]) = rows[row][n];
        return new(start, columns, values, right.ColumnCount);
    }
}

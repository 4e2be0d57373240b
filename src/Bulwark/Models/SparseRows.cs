using Bulwark.Data;

namespace Bulwark.Models;

/// <summary>A sparse matrix by compressed rows.</summary>
/// <param name="start">(rows + 1) where each row begins.</param>
/// <param name="columns">Columns, ascending within a row.</param>
/// <param name="values">The values there.</param>
/// <param name="columnCount">Number of columns.</param>
internal sealed class SparseRows(int[] start, int[] columns, float[] values, int columnCount)
{
    public int RowCount => start.Length - 1;

    public int ColumnCount => columnCount;

    public ReadOnlySpan<int> Start => start;

    public ReadOnlySpan<int> Columns => columns;

    public ReadOnlySpan<int> Row(int row) => columns.AsSpan(start[row]..start[row + 1]);

    public ReadOnlySpan<float> Values(int row) => values.AsSpan(start[row]..start[row + 1]);

    public int Length(int row) => start[row + 1] - start[row];

    /// <summary>(users, items): the value of each pair, 1 where the data have none; of repeated pairs, the latest.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items.</exception>
    public static SparseRows Of(Interactions train)
    {
        if (train.ItemCount < 2) throw new ArgumentException("A recommender needs at least two items; the data has one.");
        if (train.Count == 0) throw new ArgumentException("There are no interactions to learn from.");
        var pairs = train.DistinctPairs();
        return Of(pairs.Item, pairs.User, pairs.Value, pairs.ItemCount, pairs.UserCount).Transpose();     // by item, then by user: both ascend
    }

    private static SparseRows Of(ReadOnlySpan<int> row, ReadOnlySpan<int> column, ReadOnlySpan<float> value, int rowCount, int columnCount)
    {
        var start = new int[rowCount + 1];
        foreach (var r in row) start[r + 1]++;
        for (var r = 0; r < rowCount; r++) start[r + 1] += start[r];
        var (next, columns, values) = (start[..rowCount], new int[row.Length], new float[row.Length]);
        for (var n = 0; n < row.Length; n++)
        {
            var place = next[row[n]]++;
            (columns[place], values[place]) = (column[n], value[n]);
        }
        return new(start, columns, values, columnCount);
    }

    /// <summary>The transposed matrix; its columns ascend whether or not these do.</summary>
    public SparseRows Transpose()
    {
        var rows = new int[columns.Length];
        for (var row = 0; row < RowCount; row++) rows.AsSpan(start[row]..start[row + 1]).Fill(row);
        return Of(columns, rows, values, columnCount, RowCount);
    }

    /// <summary>The same places with other values, of (row, column, value).</summary>
    public SparseRows Map(Func<int, int, float, float> value)
    {
        var mapped = new float[values.Length];
        for (var row = 0; row < RowCount; row++)
            for (var at = start[row]; at < start[row + 1]; at++) mapped[at] = value(row, columns[at], values[at]);
        return new(start, columns, mapped, columnCount);
    }
}

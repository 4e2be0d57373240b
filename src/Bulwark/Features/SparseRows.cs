using Bulwark.Tensors;

namespace Bulwark.Features;

/// <summary>Rows of numbers of which most are zero: for each row its columns, ascending, and their values. Immutable.</summary>
public sealed class SparseRows
{
    private readonly int[] _start, _columns;
    private readonly float[] _values;

    /// <summary>Rows from their entries.</summary>
    /// <param name="width">Number of columns.</param>
    /// <param name="rows">The entries of each row, each column once; sorted here.</param>
    /// <exception cref="ArgumentException">A column is not below the width, or comes twice in a row.</exception>
    public SparseRows(int width, IEnumerable<IEnumerable<(int Column, float Value)>> rows)
    {
        var (start, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        foreach (var row in rows)
        {
            foreach (var (column, value) in row.OrderBy(entry => entry.Column))
            {
                if ((uint)column >= (uint)width) throw new ArgumentException($"Column {column} does not lie within the width {width}.", nameof(rows));
                if (columns.Count > start[^1] && columns[^1] == column) throw new ArgumentException($"Column {column} comes twice in row {start.Count - 1}.", nameof(rows));
                columns.Add(column);
                values.Add(value);
            }
            start.Add(columns.Count);
        }
        (Width, _start, _columns, _values) = (width, [.. start], [.. columns], [.. values]);
    }

    private SparseRows(SparseRows like, float[] values) => (Width, _start, _columns, _values) = (like.Width, like._start, like._columns, values);

    /// <summary>Number of rows.</summary>
    public int Count => _start.Length - 1;

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>The columns of a row, ascending.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_start[row].._start[row + 1]);

    /// <summary>The values of a row, as its columns.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_start[row].._start[row + 1]);

    /// <summary>The same entries with other values, each from its row, column and value.</summary>
    public SparseRows Map(Func<int, int, float, float> value)
    {
        var values = new float[_values.Length];
        for (var row = 0; row < Count; row++)
            for (var at = _start[row]; at < _start[row + 1]; at++) values[at] = value(row, _columns[at], _values[at]);
        return new(this, values);
    }

    /// <summary>Every row scaled to length 1; a row of zeros stays one.</summary>
    public SparseRows Normalized()
    {
        var scale = new float[Count];
        for (var row = 0; row < Count; row++)
        {
            var square = 0.0;
            foreach (var value in Values(row)) square += (double)value * value;
            scale[row] = square > 0 ? (float)(1 / Math.Sqrt(square)) : 0;
        }
        return Map((row, _, value) => value * scale[row]);
    }

    /// <summary>Rows and columns exchanged: for each column, which rows have it.</summary>
    public SparseRows Transposed()
    {
        var columns = new List<(int, float)>[Width];
        for (var column = 0; column < Width; column++) columns[column] = [];
        for (var row = 0; row < Count; row++)
            for (var at = _start[row]; at < _start[row + 1]; at++) columns[_columns[at]].Add((row, _values[at]));
        return new(Count, columns);
    }

    /// <summary>All values, zeros too: (rows, width).</summary>
    public Tensor ToTensor()
    {
        var shape = new Shape(Count, Width);
        var dense = new float[shape.Count];
        for (var row = 0; row < Count; row++)
            for (var at = _start[row]; at < _start[row + 1]; at++) dense[row * Width + _columns[at]] = _values[at];
        return Tensor.Of(shape, dense);
    }
}

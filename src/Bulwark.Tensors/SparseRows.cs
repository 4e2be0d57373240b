namespace Bulwark.Tensors;

/// <summary>A matrix of which most elements are zero, by compressed rows: for each row its columns and their values. Immutable.</summary>
public sealed class SparseRows
{
    private readonly int[] _start, _columns;
    private readonly float[] _values;
    private SparseRows? _transposed;

    /// <summary>Rows from their entries.</summary>
    /// <param name="columnCount">Number of columns.</param>
    /// <param name="rows">The entries of each row, each column once; sorted here.</param>
    /// <exception cref="ArgumentException">A column is not below their number, or comes twice in a row.</exception>
    public SparseRows(int columnCount, IEnumerable<IEnumerable<(int Column, float Value)>> rows)
    {
        var (start, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        foreach (var row in rows)
        {
            foreach (var (column, value) in row.OrderBy(entry => entry.Column))
            {
                if ((uint)column >= (uint)columnCount)
                    throw new ArgumentException($"Column {column} does not lie within the width {columnCount}.", nameof(rows));
                if (columns.Count > start[^1] && columns[^1] == column)
                    throw new ArgumentException($"Column {column} comes twice in row {start.Count - 1}.", nameof(rows));
                columns.Add(column);
                values.Add(value);
            }
            start.Add(columns.Count);
        }
        (ColumnCount, _start, _columns, _values) = (columnCount, [.. start], [.. columns], [.. values]);
    }

    /// <summary>Takes compressed rows over: the caller must not write to the arrays again.</summary>
    /// <param name="start">(rows + 1) where each row begins.</param>
    /// <param name="columns">The columns of all rows, each once in its row.</param>
    /// <param name="values">As the columns.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <exception cref="ArgumentException">The starts do not run from 0 to the number of entries, or a column is not below the number of columns.</exception>
    public SparseRows(int[] start, int[] columns, float[] values, int columnCount)
    {
        if (start.Length == 0 || start[0] != 0 || start[^1] != columns.Length || values.Length != columns.Length)
            throw new ArgumentException($"Rows must start from 0 to the number of entries, {columns.Length}, each with a value.", nameof(start));
        for (var row = 0; row + 1 < start.Length; row++)
            if (start[row] > start[row + 1]) throw new ArgumentException($"Row {row} ends before it begins.", nameof(start));
        if (columns.AsSpan().ContainsAnyExceptInRange(0, columnCount - 1))
            throw new ArgumentException($"A column does not lie within the width {columnCount}.", nameof(columns));
        (ColumnCount, _start, _columns, _values) = (columnCount, start, columns, values);
    }

    /// <summary>Number of rows.</summary>
    public int RowCount => _start.Length - 1;

    /// <summary>Number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>(rows + 1) where each row begins among <see cref="Columns"/>.</summary>
    public ReadOnlySpan<int> Start => _start;

    /// <summary>The columns of all rows, one row after the other.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>The values of all rows, as <see cref="Columns"/>.</summary>
    public ReadOnlySpan<float> AllValues => _values;

    /// <summary>The columns of a row, ascending.</summary>
    public ReadOnlySpan<int> Row(int row) => _columns.AsSpan(_start[row].._start[row + 1]);

    /// <summary>The values of a row, as its columns.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_start[row].._start[row + 1]);

    /// <summary>How many entries a row has.</summary>
    public int Length(int row) => _start[row + 1] - _start[row];

    /// <summary>The transposed matrix; its columns ascend whether or not these do.</summary>
    public SparseRows Transpose()
    {
        var rows = new int[_columns.Length];
        for (var row = 0; row < RowCount; row++) rows.AsSpan(_start[row].._start[row + 1]).Fill(row);
        return Of(_columns, rows, _values, ColumnCount, RowCount);
    }

    /// <summary>The transposed matrix, made at the first call and kept.</summary>
    internal SparseRows Transposed => _transposed ?? Interlocked.CompareExchange(ref _transposed, Transpose(), null) ?? _transposed;

    /// <summary>The same places with other values, each of its row, column and value.</summary>
    public SparseRows Map(Func<int, int, float, float> value)
    {
        var mapped = new float[_values.Length];
        for (var row = 0; row < RowCount; row++)
            for (var at = _start[row]; at < _start[row + 1]; at++) mapped[at] = value(row, _columns[at], _values[at]);
        return new(_start, _columns, mapped, ColumnCount);
    }

    /// <summary>Every row scaled to length 1; a row of zeros stays one.</summary>
    public SparseRows Normalized()
    {
        var scale = new float[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            var square = 0.0;
            foreach (var value in Values(row)) square += (double)value * value;
            scale[row] = square > 0 ? (float)(1 / Math.Sqrt(square)) : 0;
        }
        return Map((row, _, value) => value * scale[row]);
    }

    /// <summary>The same with another row in place of one.</summary>
    /// <param name="row">Which.</param>
    /// <param name="other">(1, columns).</param>
    /// <exception cref="ArgumentException">The other is not one row of this width.</exception>
    public SparseRows WithRow(int row, SparseRows other)
    {
        if (other.RowCount != 1 || other.ColumnCount != ColumnCount)
            throw new ArgumentException($"A row of width {ColumnCount} cannot be one of {other.RowCount} rows of width {other.ColumnCount}.", nameof(other));
        var (from, to, more) = (_start[row], _start[row + 1], other._columns.Length - Length(row));
        int[] start = [.. _start.Select((at, n) => n > row ? at + more : at)];
        return new(start, [.. _columns[..from], .. other._columns, .. _columns[to..]], [.. _values[..from], .. other._values, .. _values[to..]], ColumnCount);
    }

    /// <summary>All values, zeros too: (rows, columns).</summary>
    public Tensor ToTensor()
    {
        var shape = new Shape(RowCount, ColumnCount);
        var dense = new float[shape.Count];
        for (var row = 0; row < RowCount; row++)
            for (var at = _start[row]; at < _start[row + 1]; at++) dense[row * ColumnCount + _columns[at]] = _values[at];
        return Tensor.Of(shape, dense);
    }

    /// <summary>All entries of a matrix, zeros too.</summary>
    /// <param name="matrix">(rows, columns).</param>
    public static SparseRows Of(Tensor matrix)
    {
        var (rows, columns) = (matrix.Shape[0], matrix.Shape[1]);
        return new([.. Enumerable.Range(0, rows + 1).Select(row => row * columns)], [.. Enumerable.Range(0, rows * columns).Select(n => n % columns)],
            matrix.Values.ToArray(), columns);
    }

    /// <summary>Compressed rows of entries in any order; within a row they keep theirs.</summary>
    /// <param name="row">(entries) the row of each.</param>
    /// <param name="column">(entries) its column, each once in its row.</param>
    /// <param name="value">(entries) its value.</param>
    /// <param name="rowCount">Number of rows; every row is below it.</param>
    /// <param name="columnCount">Number of columns; every column is below it.</param>
    public static SparseRows Of(ReadOnlySpan<int> row, ReadOnlySpan<int> column, ReadOnlySpan<float> value, int rowCount, int columnCount)
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
}

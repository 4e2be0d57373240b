namespace Bulwark.Tensors;

/// <summary>
/// A list of row numbers: which rows of a table a batch touches. It remembers how its rows group (<see cref="RowSet"/>), so that the
/// loss, the attack and the optimizer share that work, and it can be refilled, so that a batch allocates nothing.
/// </summary>
public sealed class Ids
{
    private static long _made;
    private readonly List<RowSet> _groupings = [];
    private int[] _rows = [];
    private uint _max;
    private int _checkedVersion = -1;

    /// <summary>An empty list, to be filled.</summary>
    public Ids() => Order = Interlocked.Increment(ref _made);

    /// <summary>A list of these rows.</summary>
    public Ids(params ReadOnlySpan<int> rows) : this() => Fill(rows);

    /// <summary>How many ids there are, repetitions counted.</summary>
    public int Count { get; private set; }

    /// <summary>The row numbers.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The creation order: a canonical order for sets of lists.</summary>
    internal long Order { get; }

    /// <summary>Grows with each refill: what was derived from older contents is stale.</summary>
    internal int Version { get; private set; }

    internal unsafe int* Data => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_rows));

    /// <summary>Replaces the contents.</summary>
    public void Fill(ReadOnlySpan<int> rows) => rows.CopyTo(Refill(rows.Length));

    /// <summary>Makes room for <paramref name="count"/> ids and returns it to be written at once, before any use of the list.</summary>
    public Span<int> Refill(int count)
    {
        if (count > _rows.Length) _rows = GC.AllocateUninitializedArray<int>(count, pinned: true);
        Count = count;
        Version++;
        return _rows.AsSpan(0, count);
    }

    /// <summary>
    /// Rebuilds the groupings that earlier contents were asked for. A batch preparer calls it on its own thread after refilling the
    /// lists of a batch, so that the training thread finds them ready.
    /// </summary>
    public void Regroup()
    {
        foreach (var grouping in _groupings) grouping.Refresh();
    }

    internal List<RowSet> Groupings => _groupings;

    /// <summary>Throws if an id is not a row of a table with this many rows.</summary>
    internal void CheckWithin(int tableRows)
    {
        if (_checkedVersion != Version)
        {
            _max = 0;
            foreach (var row in Rows) _max = Math.Max(_max, (uint)row);
            _checkedVersion = Version;
        }
        if (Count > 0 && _max >= (uint)tableRows)
            throw new ArgumentOutOfRangeException(null, $"Row {(int)_max} was asked of a table with {tableRows} rows.");
    }
}

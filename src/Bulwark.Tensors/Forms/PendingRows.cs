namespace Bulwark.Tensors.Forms;

/// <summary>Some consecutive stored rows, (count, width), from the one numbered <paramref name="first"/> on.</summary>
internal unsafe delegate void RowTile(int first, int count, float* rows);

/// <summary>
/// Stored rows that do not exist yet. They are worked out in tiles that stay in the first-level cache, so that whoever maps them or adds them to
/// a table goes through memory once.
/// </summary>
internal abstract unsafe class PendingRows : RowForm
{
    private const int TileValues = 1024;                     // 4 KB, beside what is read and written with it
    private const int WidestTile = 1 << 14;
    private Sparse? _sparse;

    /// <summary>The rows if somebody has insisted on them.</summary>
    public Sparse? Known => _sparse;

    public sealed override Sparse ToSparse(Shape table)
    {
        if (_sparse is not null) return _sparse;
        var values = Tensor.Uninitialized((Set.Count, table.RowLength));
        WriteTiles(table.RowLength, values.Data, static (_, _, _) => { });
        return _sparse = new Sparse(Set, values);
    }

    /// <summary>Hands all stored rows to <paramref name="tile"/>, which may change them; the next tile overwrites them.</summary>
    public void ForEachTile(int width, RowTile tile)
    {
        var room = width > WidestTile ? Tensor.Uninitialized((Set.Count, width)) : null;           // such rows would not fit on the stack
        WriteTiles(width, room is null ? null : room.Data, tile);
        GC.KeepAlive(room);
    }

    /// <summary>The same, with the tiles side by side in <paramref name="to"/>, (Set.Count, width), where that is not null.</summary>
    protected internal abstract void WriteTiles(int width, float* to, RowTile tile);

    public override void Promote(Shape shape) => ToSparse(shape).Promote(shape);

    /// <summary>How many rows make a tile.</summary>
    protected static int TileRows(int width) => Math.Clamp(TileValues / Math.Max(width, 1), 1, 256);
}

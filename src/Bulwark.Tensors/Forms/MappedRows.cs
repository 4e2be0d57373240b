namespace Bulwark.Tensors.Forms;

/// <summary>Pending rows, each tile of them changed in place by <paramref name="map"/>: what balls do to a gradient.</summary>
internal sealed unsafe class MappedRows(PendingRows source, RowTile map) : PendingRows
{
    public override RowSet Set => source.Set;

    protected internal override void WriteTiles(int width, float* to, RowTile tile) => source.WriteTiles(width, to, (first, count, rows) =>
    {
        map(first, count, rows);
        tile(first, count, rows);
    });
}

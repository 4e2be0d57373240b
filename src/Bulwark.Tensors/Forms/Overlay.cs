using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>table + row-sparse move: the moved rows are stored, the others are the table's own; the table is never copied.</summary>
internal sealed unsafe class Overlay(Tensor table, Sparse moved) : Form
{
    /// <summary>The moved rows at their new values (not their displacements).</summary>
    public Sparse Moved => moved;

    public Tensor Table => table;

    public static Tensor Of(Tensor table, RowForm move)
    {
        var (set, width) = (move.Set, table.Shape.RowLength);
        var again = table.Form is Overlay under && under.Moved.Set == set ? under : null;            // the same rows, displaced once more
        var from = again is null ? new RowView(table.Data, set.Rows) : new RowView(again.Moved.Values.Data, null);
        var rows = Tensor.Uninitialized((set.Count, width));
        var to = rows.Data;
        if (move is PendingRows { Known: null } pending)
            pending.ForEachTile(width, (first, count, delta) => RowKernels.AddRows(from, first, count, set.Count, width, delta, to));
        else
            RowKernels.AddRows(from, 0, set.Count, set.Count, width, move.ToSparse(table.Shape).Values.Data, to);
        return new Tensor(table.Shape, new Overlay(again?.Table ?? table, new Sparse(set, rows)));
    }

    /// <summary>Rows by ids that need not be among the moved ones.</summary>
    public void Gather(Ids ids, int width, float* to)
    {
        var slot = new Dictionary<int, int>(moved.Set.Count);
        for (var s = 0; s < moved.Set.Count; s++) slot[moved.Set.Rows[s]] = s;
        float* values = moved.Values.Data, dense = table.Data;
        var rows = ids.Rows;
        for (var b = 0; b < rows.Length; b++)
        {
            var from = slot.TryGetValue(rows[b], out var s) ? values + (nint)s * width : dense + (nint)rows[b] * width;
            new ReadOnlySpan<float>(from, width).CopyTo(new Span<float>(to + (nint)b * width, width));
        }
    }

    public override void Promote(Shape shape)
    {
        moved.Promote(shape);
        table.Promote();                                     // a gradient's dense part, where a table is both looked up and multiplied by
    }

    protected override void Write(float* to, Shape shape)
    {
        table.Values.CopyTo(new Span<float>(to, shape.Count));
        RowKernels.ScatterSet(moved.Set.Rows, moved.Set.Count, shape.RowLength, moved.Values.Data, to);
    }
}

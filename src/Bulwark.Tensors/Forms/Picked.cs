using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>Rows of a table by id: nothing is copied until a dense reader comes.</summary>
internal sealed unsafe class Picked(Tensor table, Ids ids) : Form
{
    private readonly int _version = ids.Version;

    /// <summary>The rows in place; false where an overlay was moved at other rows than these ids.</summary>
    public bool TryView(out RowView view)
    {
        if (_version != ids.Version) throw new InvalidOperationException("These rows were picked by an id list that has been refilled since.");
        if (table.Form is not Overlay overlay)
        {
            view = new RowView(table.Data, ids.Data);
            return true;
        }
        var list = overlay.Moved.Set.IndexOf(ids);
        view = list < 0 ? default : new RowView(overlay.Moved.Values.Data, overlay.Moved.Set.Slots(list));
        return list >= 0;
    }

    /// <summary>Picked rows are the table's.</summary>
    public override void Promote(Shape shape) => table.Promote();

    protected override void Write(float* to, Shape shape)
    {
        var width = table.Shape.RowLength;
        if (TryView(out var view)) RowKernels.Gather(view, ids.Count, width, to);
        else ((Overlay)table.Form!).Gather(ids, width, to);
    }
}

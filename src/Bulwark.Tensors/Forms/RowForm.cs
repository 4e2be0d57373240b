namespace Bulwark.Tensors.Forms;

/// <summary>A table of which only some rows are stored; the others are zero: a gradient, a move.</summary>
internal abstract unsafe class RowForm : Form
{
    /// <summary>Which rows are stored.</summary>
    public abstract RowSet Set { get; }

    /// <summary>The stored rows, worked out at the first call.</summary>
    public abstract Sparse ToSparse(Shape table);

    protected sealed override void Write(float* to, Shape shape)
    {
        new Span<float>(to, shape.Count).Clear();
        ToSparse(shape).AddTo(to, shape.RowLength);
    }
}

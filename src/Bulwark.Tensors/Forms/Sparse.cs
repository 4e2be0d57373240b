using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>A table of which only some rows are stored; the others are zero: a gradient, a move.</summary>
internal sealed unsafe class Sparse(RowSet set, Tensor values) : Form
{
    private readonly int _version = set.Version;
    private Ids? _ids;

    public RowSet Set => set.Version == _version ? set : throw new InvalidOperationException(
        "This row-sparse tensor belongs to a batch that has been refilled. Call Keep() inside the step to hold on to it.");

    /// <summary>The stored rows, (Set.Count, row length).</summary>
    public Tensor Values => values;

    /// <summary>The stored rows as an id list, so that sums of different row sets are sums of scatters.</summary>
    public Ids Ids => _ids ??= new Ids(Set.RowSpan);

    public override void Promote(Shape shape) => values.Promote();

    /// <summary>A copy with its own memory and row set.</summary>
    public Tensor Keep(Shape shape) => new(shape, new Sparse(Set.Copy(), values.Keep()));

    /// <summary>to[row, :] += stored row.</summary>
    public void AddTo(float* to, int width) => RowKernels.ScatterAdd(Set.Rows, Set.Count, width, values.Data, to);

    protected override void Write(float* to, Shape shape)
    {
        new Span<float>(to, shape.Count).Clear();
        AddTo(to, shape.RowLength);
    }
}

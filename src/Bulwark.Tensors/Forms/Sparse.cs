using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>Stored rows that exist.</summary>
internal sealed unsafe class Sparse(RowSet set, Tensor values) : RowForm
{
    private readonly int _version = set.Version;
    private Ids? _ids;

    public override RowSet Set => set.Version == _version ? set : throw Refilled();

    public static InvalidOperationException Refilled() => new(
        "This row-sparse tensor belongs to a batch that has been refilled. Call Keep() inside the step to hold on to it.");

    /// <summary>The stored rows, (Set.Count, row length).</summary>
    public Tensor Values => values;

    /// <summary>The stored rows as an id list, so that sums of different row sets are sums of scatters.</summary>
    public Ids Ids => _ids ??= new Ids(Set.RowSpan);

    public override Sparse ToSparse(Shape table) => this;

    public override void Promote(Shape shape) => values.Promote();

    /// <summary>A copy with its own memory and row set.</summary>
    public Tensor Keep(Shape shape) => new(shape, new Sparse(Set.Copy(), values.Keep()));

    /// <summary>to[row, :] += stored row.</summary>
    public void AddTo(float* to, int width) => RowKernels.ScatterAdd(Set.Rows, Set.Count, width, values.Data, to);
}

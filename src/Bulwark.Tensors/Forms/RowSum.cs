using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>One summand of a scatter: row Ids[b] receives Coefficient[b] · Source[b, :].</summary>
internal readonly record struct Scatter(Ids Ids, Tensor? Coefficient, Tensor Source);

/// <summary>
/// A table-shaped sum of scattered rows: the pullback of row lookups. It becomes row-sparse in one pass that adds, for each distinct row,
/// its occurrences in a fixed order: the same bits for any number of threads, and no gradient for each example is ever stored.
/// </summary>
internal sealed unsafe class RowSum(params Scatter[] scatters) : Form
{
    private Sparse? _sparse;
    private bool _promoted;

    /// <summary>The summands; once promoted, only their sum is sure to exist.</summary>
    public Scatter[] Scatters => _promoted ? [new Scatter(_sparse!.Ids, null, _sparse.Values)] : scatters;

    public Sparse ToSparse(Shape table)
    {
        if (_sparse is not null) return _sparse;
        var lists = new Ids[scatters.Length];
        for (var i = 0; i < lists.Length; i++) lists[i] = scatters[i].Ids;
        var set = RowSet.Of(lists);
        var width = table.RowLength;
        var values = Tensor.Uninitialized((set.Count, width));
        Sum(set, width, values.Data);
        return _sparse = new Sparse(set, values);
    }

    public override void Promote(Shape shape)
    {
        ToSparse(shape).Promote(shape);
        _promoted = true;
    }

    protected override void Write(float* to, Shape shape)
    {
        new Span<float>(to, shape.Count).Clear();
        ToSparse(shape).AddTo(to, shape.RowLength);
    }

    /// <summary>Terms sorted by the list they scatter with, so that one occurrence finds all of its summands side by side.</summary>
    private void Sum(RowSet set, int width, float* to)
    {
        Span<RowTerm> terms = stackalloc RowTerm[scatters.Length];
        Span<int> termStart = stackalloc int[set.ListCount + 1];
        var n = 0;
        for (var list = 0; list < set.ListCount; list++)
        {
            foreach (var scatter in scatters)
                if (set.IndexOf(scatter.Ids) == list) terms[n++] = RowTerm.Of(new Term(scatter.Coefficient, scatter.Source));
            termStart[list + 1] = n;
        }
        fixed (RowTerm* first = terms)
        fixed (int* start = termStart)
            RowKernels.ScatterSum(set, first, start, width, to);
    }
}

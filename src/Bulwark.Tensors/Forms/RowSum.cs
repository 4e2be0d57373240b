using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>One summand of a scatter: row Ids[b] receives Coefficient[b] · Source[b, :].</summary>
internal readonly record struct Scatter(Ids Ids, Tensor? Coefficient, Tensor Source);

/// <summary>
/// A table-shaped sum of scattered rows: the pullback of row lookups. It becomes row-sparse in one pass that adds, for each distinct row,
/// its occurrences in a fixed order: the same bits for any number of threads, and no gradient for each example is ever stored.
/// </summary>
internal sealed unsafe class RowSum(params Scatter[] scatters) : PendingRows
{
    private const int WideRow = 512;                         // such rows are summed by columns, over as many rows as there are
    private RowSet? _set;
    private int _version;

    public Scatter[] Scatters => scatters;

    public override RowSet Set
    {
        get
        {
            if (_set is not null) return _set.Version == _version ? _set : throw Sparse.Refilled();
            var lists = new Ids[scatters.Length];
            for (var i = 0; i < lists.Length; i++) lists[i] = scatters[i].Ids;
            _set = RowSet.Of(lists);
            _version = _set.Version;
            return _set;
        }
    }

    /// <summary>What is summed outlives the scope; the sum is made when it is needed.</summary>
    public override void Promote(Shape shape)
    {
        _ = Set;                                             // ids that are refilled from now on are found out
        Known?.Promote(shape);
        foreach (var scatter in scatters)
        {
            scatter.Coefficient?.Promote();
            scatter.Source.Promote();
        }
    }

    /// <summary>Terms sorted by the list they scatter with, so that one occurrence finds all of its summands side by side.</summary>
    protected internal override void WriteTiles(int width, float* to, RowTile tile)
    {
        Span<RowTerm> terms = stackalloc RowTerm[scatters.Length];
        Span<int> termStart = stackalloc int[Set.ListCount + 1];
        var n = 0;
        for (var list = 0; list < Set.ListCount; list++)
        {
            foreach (var scatter in scatters)
                if (Set.IndexOf(scatter.Ids) == list) terms[n++] = RowTerm.Of(new Term(scatter.Coefficient, scatter.Source));
            termStart[list + 1] = n;
        }
        fixed (RowTerm* first = terms)
        fixed (int* start = termStart)
        {
            var parts = ScatterKernels.Parts(Set);
            Team.Run(parts, new Job(Set, parts == 1 ? Set.Count : ScatterKernels.SlotsPerPart, first, start, width, to, tile), static (job, part) => job.Run(part));
        }
    }

    private readonly struct Job(RowSet set, int slots, RowTerm* terms, int* termStart, int width, float* to, RowTile tile)
    {
        public void Run(int part)
        {
            var step = to != null && width > WideRow ? slots : TileRows(width);
            var scratch = stackalloc float[to == null ? step * width : 0];
            var last = Math.Min(set.Count, (part + 1) * slots);
            for (var s = part * slots; s < last; s += step)
            {
                var count = Math.Min(step, last - s);
                var rows = to == null ? scratch : to + (nint)s * width;
                ScatterKernels.Sum(set, terms, termStart, width, s, s + count, rows);
                tile(s, count, rows);
            }
        }
    }
}

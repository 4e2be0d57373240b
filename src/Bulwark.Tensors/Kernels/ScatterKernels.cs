using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Bulwark.Tensors.Forms;

namespace Bulwark.Tensors.Kernels;

/// <summary>A <see cref="Term"/> resolved to addresses: Coefficient[b] (1 where null) times row b of Source.</summary>
internal readonly unsafe struct RowTerm(float* coefficient, RowView source)
{
    public readonly float* Coefficient = coefficient;
    public readonly RowView Source = source;

    public static RowTerm Of(Term term) => new(term.Coefficient is null ? null : term.Coefficient.Data, term.Source.RowsInPlace());
}

/// <summary>Sums of scattered rows, one distinct row after the other: no gradient for each example is stored, and the order is fixed.</summary>
internal static unsafe class ScatterKernels
{
    private const int RowsPerPart = 16384;                   // a batch is one part: handing freshly written rows to another core costs more
    public const int SlotsPerPart = 256;

    /// <summary>How a sum is cut into parts: one for a batch, because handing freshly written rows to another core costs more.</summary>
    public static int Parts(RowSet set) => set.Start[set.Count] < RowsPerPart ? 1 : (set.Count + SlotsPerPart - 1) / SlotsPerPart;

    /// <summary>
    /// For each distinct row s from <paramref name="first"/> on, to[s − first, :] = Σ over its occurrences (list, b), over the list's terms t, of
    /// c_t[b] · S_t[b, :], in that order, in registers, stored once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(RowSet set, RowTerm* terms, int* termStart, int width, int first, int last, float* to)
    {
        int* start = set.Start, occurrences = set.Occurrences;
        var end = start[set.Count];
        var c = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; c <= width - 64; c += 64)                 // of wide rows, 64 columns at a time: then what is read again is still near
            {
                for (var s = first; s < last; s++)
                {
                    var row = to + (nint)(s - first) * width + c;
                    Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
                    for (var o = start[s]; o < start[s + 1]; o++)
                    {
                        var (list, b) = (occurrences[o] >>> RowSet.PositionBits, occurrences[o] & RowSet.PositionMask);
                        if (o + RowKernels.Ahead < end) PrefetchTerms(occurrences[o + RowKernels.Ahead], terms, termStart, width, c);
                        for (var t = termStart[list]; t < termStart[list + 1]; t++)
                        {
                            var scale = Vector512.Create(terms[t].Coefficient == null ? 1 : terms[t].Coefficient[b]);
                            var source = terms[t].Source.Row(b, width) + c;
                            a0 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source), a0);
                            a1 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + 16), a1);
                            a2 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + 32), a2);
                            a3 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + 48), a3);
                        }
                    }
                    a0.Store(row);
                    a1.Store(row + 16);
                    a2.Store(row + 32);
                    a3.Store(row + 48);
                }
            }
        }
        if (c == width) return;
        for (var s = first; s < last; s++)
            SumRest(start[s], start[s + 1], occurrences, terms, termStart, width, c, to + (nint)(s - first) * width);
    }

    /// <summary>The columns from <paramref name="from"/> on, eight at a time and then one by one: also the portable path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRest(int first, int last, int* occurrences, RowTerm* terms, int* termStart, int width, int from, float* row)
    {
        new Span<float>(row + from, width - from).Clear();
        for (var o = first; o < last; o++)
        {
            var (list, b) = (occurrences[o] >>> RowSet.PositionBits, occurrences[o] & RowSet.PositionMask);
            for (var t = termStart[list]; t < termStart[list + 1]; t++)
                RowKernels.AddScaled(terms[t].Source.Row(b, width) + from, terms[t].Coefficient == null ? 1 : terms[t].Coefficient[b], row + from, width - from);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchTerms(int occurrence, RowTerm* terms, int* termStart, int width, int column)
    {
        var (list, b) = (occurrence >>> RowSet.PositionBits, occurrence & RowSet.PositionMask);
        for (var t = termStart[list]; t < termStart[list + 1]; t++)
            if (terms[t].Source.Index != null) RowKernels.Prefetch(terms[t].Source.Row(b, width) + column, 64);
    }
}

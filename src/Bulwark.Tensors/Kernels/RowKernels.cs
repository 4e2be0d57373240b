using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Bulwark.Tensors.Forms;

namespace Bulwark.Tensors.Kernels;

/// <summary>Rows of tables: gathered, dotted, scaled. Random rows are prefetched a few ahead; that is most of their speed.</summary>
internal static unsafe class RowKernels
{
    public const int Ahead = 6;                              // rows that are fetched before they are needed
    private const int FloatsPerPart = 1 << 20;               // of rows that are read where they lie

    /// <summary>to[b, :] = row b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(RowView rows, int count, int width, float* to)
    {
        if (width == 1)
        {
            for (var b = 0; b < count; b++) to[b] = *rows.Row(b, 1);
            return;
        }
        for (var b = 0; b < count; b++)
        {
            if (b + Ahead < count) Prefetch(rows.Row(b + Ahead, width), width);
            Copy(rows.Row(b, width), to + (nint)b * width, width);
        }
    }

    /// <summary>to[b] = Σ_c x[b, c] · y[b, c].</summary>
    public static void Dot(RowView x, RowView y, int count, int width, float* to)
    {
        var rows = Math.Max(1, FloatsPerPart / Math.Max(width, 64));
        Team.Run((count + rows - 1) / rows, (Job: new DotJob(x, y, count, width, to), rows), static (job, part) =>
            DotRange(job.Job.X, job.Job.Y, part * job.rows, Math.Min(job.Job.Count, (part + 1) * job.rows), job.Job.Width, job.Job.To));
    }

    private readonly struct DotJob(RowView x, RowView y, int count, int width, float* to)
    {
        public readonly RowView X = x, Y = y;
        public readonly int Count = count, Width = width;
        public readonly float* To = to;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotRange(RowView x, RowView y, int first, int count, int width, float* to)
    {
        var b = first;
        if (Vector256.IsHardwareAccelerated && width % 16 == 0)
        {
            for (; b <= count - 4; b += 4)
            {
                for (var next = b + Ahead; next < Math.Min(b + Ahead + 4, count); next++)
                {
                    if (x.Index != null) Prefetch(x.Row(next, width), width);
                    if (y.Index != null) Prefetch(y.Row(next, width), width);
                }
                Totals(
                    FourSums(x.Row(b, width), y.Row(b, width), width), FourSums(x.Row(b + 1, width), y.Row(b + 1, width), width),
                    FourSums(x.Row(b + 2, width), y.Row(b + 2, width), width), FourSums(x.Row(b + 3, width), y.Row(b + 3, width), width)).Store(to + b);
            }
        }
        for (; b < count; b++)
        {
            if (b + Ahead < count)
            {
                if (x.Index != null) Prefetch(x.Row(b + Ahead, width), width);
                if (y.Index != null) Prefetch(y.Row(b + Ahead, width), width);
            }
            to[b] = Dot(x.Row(b, width), y.Row(b, width), width);
        }
    }

    /// <summary>Σ x[c] · y[c]: sixteen interleaved sums, a fixed tree, then the tail in order; the bits do not depend on the vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(float* x, float* y, int width)
    {
        if (!Vector256.IsHardwareAccelerated) return DotScalar(x, y, width);
        var four = FourSums(x, y, width);
        four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        var total = four[0] + four[1];
        for (var c = width & ~15; c < width; c++) total = MathF.FusedMultiplyAdd(x[c], y[c], total);
        return total;
    }

    /// <summary>The tree of <see cref="Dot(float*, float*, int)"/> down to four sums, without the tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FourSums(float* x, float* y, int width)
    {
        nint c = 0, end = width & ~15;
        Vector256<float> eight;
        if (Vector512.IsHardwareAccelerated)
        {
            var sum = Vector512<float>.Zero;
            for (; c <= end - 64; c += 64)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + c), Vector512.Load(y + c), sum);
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + c + 16), Vector512.Load(y + c + 16), sum);
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + c + 32), Vector512.Load(y + c + 32), sum);
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + c + 48), Vector512.Load(y + c + 48), sum);
            }
            for (; c < end; c += 16) sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + c), Vector512.Load(y + c), sum);
            eight = sum.GetLower() + sum.GetUpper();
        }
        else
        {
            Vector256<float> low = default, high = default;
            for (; c < end; c += 16)
            {
                low = Vector256.FusedMultiplyAdd(Vector256.Load(x + c), Vector256.Load(y + c), low);
                high = Vector256.FusedMultiplyAdd(Vector256.Load(x + c + 8), Vector256.Load(y + c + 8), high);
            }
            eight = low + high;
        }
        return eight.GetLower() + eight.GetUpper();
    }

    /// <summary>The rest of the tree for four dot products at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Totals(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        Vector128<float> ab = Sse.MoveLowToHigh(a, b) + Sse.MoveHighToLow(b, a), cd = Sse.MoveLowToHigh(c, d) + Sse.MoveHighToLow(d, c);
        return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
    }

    /// <summary>The scalar twin of <see cref="Dot(float*, float*, int)"/>.</summary>
    public static float DotScalar(float* x, float* y, int width)
    {
        var partial = stackalloc float[16];
        new Span<float>(partial, 16).Clear();
        var c = 0;
        for (; c <= width - 16; c += 16)
            for (var j = 0; j < 16; j++) partial[j] = MathF.FusedMultiplyAdd(x[c + j], y[c + j], partial[j]);
        var total = Elementwise.Tree(partial);
        for (; c < width; c++) total = MathF.FusedMultiplyAdd(x[c], y[c], total);
        return total;
    }

    /// <summary>to[b, :] = Σ_t c_t[b] · S_t[b, :] for the b from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(RowTerm* terms, int termCount, int first, int last, int width, float* to)
    {
        for (var b = first; b < last; b++)
        {
            var row = to + (nint)b * width;
            new Span<float>(row, width).Clear();
            for (var t = 0; t < termCount; t++) AddScaled(terms[t].Source.Row(b, width), terms[t].Coefficient == null ? 1 : terms[t].Coefficient[b], row, width);
        }
    }

    /// <summary>to[r, :] = Σ over entries e of row r, in order, of values[e] · x[columns[e], :], for the rows from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightedSums(int* start, int* columns, float* values, float* x, int width, int first, int last, float* to)
    {
        var end = start[last];
        for (var row = first; row < last; row++)
        {
            var sum = to + (nint)row * width;
            var c = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; c <= width - 64; c += 64)
                {
                    Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
                    for (var e = start[row]; e < start[row + 1]; e++)
                    {
                        if (e + Ahead < end) Prefetch(x + (nint)columns[e + Ahead] * width + c, 64);
                        var scale = Vector512.Create(values[e]);
                        var source = x + (nint)columns[e] * width + c;
                        a0 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source), a0);
                        a1 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + 16), a1);
                        a2 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + 32), a2);
                        a3 = Vector512.FusedMultiplyAdd(scale, Vector512.Load(source + 48), a3);
                    }
                    a0.Store(sum + c);
                    a1.Store(sum + c + 16);
                    a2.Store(sum + c + 32);
                    a3.Store(sum + c + 48);
                }
            }
            new Span<float>(sum + c, width - c).Clear();
            if (c < width)
                for (var e = start[row]; e < start[row + 1]; e++) AddScaled(x + (nint)columns[e] * width + c, values[e], sum + c, width - c);
        }
    }

    /// <summary>to[rows[s], :] += values[s, :].</summary>
    public static void ScatterAdd(int* rows, int count, int width, float* values, float* to)
    {
        for (var s = 0; s < count; s++) AddScaled(values + (nint)s * width, 1, to + (nint)rows[s] * width, width);
    }

    /// <summary>to[rows[s], :] = values[s, :].</summary>
    public static void ScatterSet(int* rows, int count, int width, float* values, float* to)
    {
        for (var s = 0; s < count; s++) Copy(values + (nint)s * width, to + (nint)rows[s] * width, width);
    }

    /// <summary>to[s, :] = row s + delta[s − first, :] for the s from <paramref name="first"/> on; there are <paramref name="all"/> rows to come, prefetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(RowView rows, int first, int count, int all, int width, float* delta, float* to)
    {
        for (var s = first; s < first + count; s++, delta += width)
        {
            if (rows.Index != null && s + Ahead < all) Prefetch(rows.Row(s + Ahead, width), width);
            AddScaled(rows.Row(s, width), delta, 1, to + (nint)s * width, width);
        }
    }

    /// <summary>to[c] += scale · from[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(float* from, float scale, float* to, int width) => AddScaled(to, from, scale, to, width);

    /// <summary>to[c] = x[c] + scale · y[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(float* x, float* y, float scale, float* to, int width)
    {
        var c = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; c <= width - 16; c += 16) Vector512.FusedMultiplyAdd(Vector512.Create(scale), Vector512.Load(y + c), Vector512.Load(x + c)).Store(to + c);
        if (Vector256.IsHardwareAccelerated)
            for (; c <= width - 8; c += 8) Vector256.FusedMultiplyAdd(Vector256.Create(scale), Vector256.Load(y + c), Vector256.Load(x + c)).Store(to + c);
        for (; c < width; c++) to[c] = MathF.FusedMultiplyAdd(scale, y[c], x[c]);
    }

    /// <summary>to[c] = scale · from[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(float* from, float scale, float* to, int width)
    {
        var c = 0;
        if (Vector512.IsHardwareAccelerated) for (; c <= width - 16; c += 16) (Vector512.Create(scale) * Vector512.Load(from + c)).Store(to + c);
        if (Vector256.IsHardwareAccelerated) for (; c <= width - 8; c += 8) (Vector256.Create(scale) * Vector256.Load(from + c)).Store(to + c);
        for (; c < width; c++) to[c] = scale * from[c];
    }

    /// <summary>to[c] = a · x[c] + b · y[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Combine(float* x, float a, float* y, float b, float* to, int width)
    {
        nint c = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; c <= width - 64; c += 64)
            {
                Vector512.FusedMultiplyAdd(Vector512.Create(b), Vector512.Load(y + c), Vector512.Create(a) * Vector512.Load(x + c)).Store(to + c);
                Vector512.FusedMultiplyAdd(Vector512.Create(b), Vector512.Load(y + c + 16), Vector512.Create(a) * Vector512.Load(x + c + 16)).Store(to + c + 16);
                Vector512.FusedMultiplyAdd(Vector512.Create(b), Vector512.Load(y + c + 32), Vector512.Create(a) * Vector512.Load(x + c + 32)).Store(to + c + 32);
                Vector512.FusedMultiplyAdd(Vector512.Create(b), Vector512.Load(y + c + 48), Vector512.Create(a) * Vector512.Load(x + c + 48)).Store(to + c + 48);
            }
            for (; c <= width - 16; c += 16)
                Vector512.FusedMultiplyAdd(Vector512.Create(b), Vector512.Load(y + c), Vector512.Create(a) * Vector512.Load(x + c)).Store(to + c);
        }
        if (Vector256.IsHardwareAccelerated)
            for (; c <= width - 8; c += 8)
                Vector256.FusedMultiplyAdd(Vector256.Create(b), Vector256.Load(y + c), Vector256.Create(a) * Vector256.Load(x + c)).Store(to + c);
        for (; c < width; c++) to[c] = MathF.FusedMultiplyAdd(b, y[c], a * x[c]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* from, float* to, int width) => Buffer.MemoryCopy(from, to, (long)width * sizeof(float), (long)width * sizeof(float));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* row, int width)
    {
        if (!Sse.IsSupported) return;
        for (var c = 0; c < width; c += 16) Sse.Prefetch0(row + c);
    }
}

namespace Bulwark.Tensors.Kernels;

/// <summary>Element-wise formulas over tensors whose shapes match once axes of length 1 are stretched.</summary>
internal static unsafe class Broadcasting
{
    /// <summary>f(x).</summary>
    public static Tensor Apply<TOp>(Tensor x) where TOp : struct, IUnary
    {
        var result = Tensor.Uninitialized(x.Shape);
        var all = new Stretches(x.Data, null, result.Data, x.Shape.Count);
        Team.Run(all.Parts, all, static (all, part) =>
        {
            var (first, count) = all[part];
            Elementwise.Map<TOp>(all.X + first, all.To + first, count);
        });
        return result;
    }

    /// <summary>f(x, constant).</summary>
    public static Tensor Apply<TOp>(Tensor x, float constant) where TOp : struct, IBinary
    {
        var result = Tensor.Uninitialized(x.Shape);
        var all = new Stretches(x.Data, null, result.Data, x.Shape.Count);
        Team.Run(all.Parts, (all, constant), static (job, part) =>
        {
            var (first, count) = job.all[part];
            Elementwise.ZipRight<TOp>(job.all.X + first, job.constant, job.all.To + first, count);
        });
        return result;
    }

    /// <summary>f(x, y), stretched to the common shape.</summary>
    public static Tensor Apply<TOp>(Tensor x, Tensor y) where TOp : struct, IBinary
    {
        var result = Tensor.Uninitialized(Shape.Broadcast(x.Shape, y.Shape));
        float* a = x.Data, b = y.Data, to = result.Data;
        if (x.Shape == y.Shape)
        {
            var all = new Stretches(a, b, to, result.Shape.Count);
            Team.Run(all.Parts, all, static (all, part) =>
            {
                var (first, count) = all[part];
                Elementwise.Zip<TOp>(all.X + first, all.Y + first, all.To + first, count);
            });
            return result;
        }
        var job = new StretchedJob(x.Shape, y.Shape, result.Shape, a, b, to);
        Team.Run(job.Rows.Parts, job, static (job, part) => job.Run<TOp>(part));
        return result;
    }

    /// <summary>Rows of two operands of which at least one is stretched.</summary>
    private readonly struct StretchedJob(Shape x, Shape y, Shape result, float* a, float* b, float* to)
    {
        private readonly Strides _left = new(x, result), _right = new(y, result);
        public readonly RowParts Rows = new(result, a, b, to);

        public void Run<TOp>(int part) where TOp : struct, IBinary
        {
            var (first, count) = Rows[part];
            var walk = new RowWalk(result, Rows.Row(part));
            var to = Rows.To + first;
            for (; count > 0; count--, walk.Next(), to += walk.Length)
            {
                float* from = Rows.X + _left.Offset(walk), other = Rows.Y + _right.Offset(walk);
                if (_left.Last != 0 && _right.Last != 0) Elementwise.Zip<TOp>(from, other, to, walk.Length);
                else if (_left.Last != 0) Elementwise.ZipRight<TOp>(from, *other, to, walk.Length);
                else Elementwise.ZipLeft<TOp>(*from, other, to, walk.Length);
            }
        }
    }

    /// <summary>result = x summed along the axes where result has length 1 or none.</summary>
    public static void Sum(Tensor x, Tensor result)
    {
        float* from = x.Data, to = result.Data;
        if (result.Shape.Count == 1)
        {
            *to = Elementwise.Sum(from, x.Shape.Count);
            return;
        }
        if (result.Shape.Count == x.Shape.Last && result.Shape.Last == x.Shape.Last)
        {
            ColumnSums(from, x.Shape.Rows, x.Shape.Last, to);
            return;
        }
        result.Writable.Clear();
        var strides = new Strides(result.Shape, x.Shape);
        var rows = new RowWalk(x.Shape);
        for (; !rows.Done; rows.Next(), from += rows.Length)
        {
            var target = to + strides.Offset(rows);
            if (strides.Last != 0) RowKernels.AddScaled(from, 1, target, rows.Length);
            else *target += Elementwise.Sum(from, rows.Length);
        }
    }

    /// <summary>to[c] = Σ x[r, c] in order. Each column is summed alone, so cutting columns by the number of threads cannot change its bits.</summary>
    private static void ColumnSums(float* x, int rows, int width, float* to)
    {
        var parts = (long)rows * width < 1 << 16 ? 1 : Math.Clamp(width / 16, 1, Team.Threads);
        Team.Run(parts, (X: (nint)x, rows, width, To: (nint)to, parts), static (job, part) =>
        {
            int vectors = (job.width + 15) / 16, first = vectors * part / job.parts * 16, end = Math.Min(job.width, vectors * (part + 1) / job.parts * 16);
            Kernels.ColumnSums.Range((float*)job.X, job.rows, job.width, first, end, (float*)job.To);
        });
    }

    /// <summary>result = x stretched.</summary>
    public static void Expand(Tensor x, Tensor result)
    {
        float* from = x.Data, to = result.Data;
        if (x.Shape.Count == 1)
        {
            result.Writable.Fill(*from);
            return;
        }
        var strides = new Strides(x.Shape, result.Shape);
        var rows = new RowWalk(result.Shape);
        for (; !rows.Done; rows.Next(), to += rows.Length)
        {
            var row = new Span<float>(to, rows.Length);
            if (strides.Last != 0) new ReadOnlySpan<float>(from + strides.Offset(rows), rows.Length).CopyTo(row);
            else row.Fill(from[strides.Offset(rows)]);
        }
    }

    /// <summary>A shape's strides under a larger shape: 0 along stretched axes.</summary>
    private readonly struct Strides
    {
        private readonly nint _a, _b, _c;

        public Strides(Shape shape, Shape under)
        {
            Span<int> strides = [0, 0, 0, 0];
            var stride = 1;
            for (var i = 1; i <= shape.Rank; i++)
            {
                var length = shape[shape.Rank - i];
                strides[4 - i] = length == 1 && under[under.Rank - i] != 1 ? 0 : stride;
                stride *= length;
            }
            (_a, _b, _c, Last) = (strides[0], strides[1], strides[2], shape.Rank == 0 ? 0 : strides[3]);
        }

        public int Last { get; }

        public nint Offset(in RowWalk at) => _a * at.A + _b * at.B + _c * at.C;
    }

    /// <summary>The rows (last axis) of a shape padded to rank 4, in order.</summary>
    private struct RowWalk
    {
        private readonly int _b, _c;
        private int _left;

        public RowWalk(Shape shape, int first = 0)
        {
            Span<int> axes = [1, 1, 1, 1];
            for (var i = 1; i <= shape.Rank; i++) axes[4 - i] = shape[shape.Rank - i];
            (_b, _c, Length) = (axes[1], axes[2], axes[3]);
            _left = Length == 0 ? 0 : axes[0] * axes[1] * axes[2] - first;
            if (_left > 0) (A, B, C) = (first / (_b * _c), first / _c % _b, first % _c);
        }

        public readonly int Length { get; }

        public int A { get; private set; }

        public int B { get; private set; }

        public int C { get; private set; }

        public readonly bool Done => _left == 0;

        public void Next()
        {
            _left--;
            if (++C < _c) return;
            C = 0;
            if (++B < _b) return;
            B = 0;
            A++;
        }
    }
}

using Bulwark.Tensors.Forms;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

/// <summary>
/// Maps of the rows of a displacement: what balls are made of. A row is everything at one index of the first axis; a row-sparse tensor stays so,
/// and its absent rows stay zero. The results are constants: no gradient passes. For the whole tensor as one row, reshape it to (1, count).
/// </summary>
public static unsafe class RowMaps
{
    /// <summary>Each row scaled to this L2 length: the steepest step of an L2 ball. Rows shorter than 10⁻¹² become zero.</summary>
    public static Tensor UnitRows(this Tensor x, float length = 1) => x.MapRows(length, RowMapKernels.Unit);

    /// <summary>Each row shrunk to this L2 length if it is longer: the nearest point of the ball.</summary>
    public static Tensor ProjectRowsL2(this Tensor x, float radius) => x.MapRows(radius, RowMapKernels.ProjectL2);

    /// <summary>
    /// The nearest point of the L1 ball for each row, by soft threshold (Duchi et al. 2008): sign(x) · max(|x| − τ, 0), where τ makes
    /// the L1 norm equal the radius. Rows inside stay.
    /// </summary>
    public static Tensor ProjectRowsL1(this Tensor x, float radius) => x.MapRows(radius, RowMapKernels.ProjectL1);

    /// <summary>
    /// One coordinate for each row: ±length where |x| is largest (the first such), with its sign: the steepest step of an L1 ball. Zero rows stay.
    /// </summary>
    public static Tensor SteepestL1(this Tensor x, float length) => x.MapRows(length, RowMapKernels.SteepestL1);

    /// <summary>
    /// Project(from + length · g/‖g‖₂) onto the L2 ball, row by row in one pass: a step of gradient ascent. Both tensors touch the same rows.
    /// </summary>
    /// <exception cref="ArgumentException">The stored rows of the two differ in shape.</exception>
    public static Tensor AscendRowsL2(this Tensor from, Tensor gradient, float length, float radius)
    {
        var start = from.Stored;
        var width = start.Shape.RowLength;
        if (gradient.Form is PendingRows { Known: null } pending && from.TouchesRowsOf(gradient))
            return new Tensor(gradient.Shape, new MappedRows(pending, (first, count, rows) =>
                RowMapKernels.AscendL2(start.Data + (nint)first * width, rows, rows, count, width, length, radius)));
        var slope = gradient.Stored;
        if (start.Shape != slope.Shape) throw new ArgumentException($"A step along {slope.Shape} does not fit a displacement {start.Shape}.");
        var result = Tensor.Uninitialized(start.Shape);
        RowMapKernels.AscendL2(start.Data, slope.Data, result.Data, start.Shape[0], start.Shape.RowLength, length, radius);
        GC.KeepAlive(start);
        return gradient.WithStored(result);
    }

    /// <summary>Row by row, x where it is taken, else y.</summary>
    /// <exception cref="ArgumentException">The two are not dense and of one shape, or there is not a choice for each row.</exception>
    public static Tensor ChooseRows(this Tensor x, Tensor y, ReadOnlySpan<bool> takeX)
    {
        if (x.IsSparse || y.IsSparse || x.Shape != y.Shape || x.Shape.Rank == 0 || takeX.Length != x.Shape[0])
            throw new ArgumentException($"{takeX.Length} choices between rows of {x.Shape} and of {y.Shape}: both must be dense, of one shape, with a choice a row.");
        var result = Tensor.Uninitialized(x.Shape);
        var width = x.Shape.RowLength;
        for (var row = 0; row < takeX.Length; row++)
            (takeX[row] ? x : y).Values.Slice(row * width, width).CopyTo(result.Writable[(row * width)..]);
        return result;
    }

    /// <summary>from + length · sign(gradient), each element then kept within ±radius: a step of gradient ascent in an L∞ ball.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor AscendSigns(this Tensor from, Tensor gradient, float length, float radius)
    {
        if (from.Shape != gradient.Shape) throw new ArgumentException($"A step along {gradient.Shape} does not fit a displacement {from.Shape}.");
        var result = Tensor.Uninitialized(from.Shape);
        var all = new Stretches(from.Data, gradient.Data, result.Data, from.Shape.Count);
        Team.Run(all.Parts, (all, length, radius), static (job, part) =>
        {
            var (all, (first, count)) = (job.all, job.all[part]);
            RowMapKernels.AscendSigns(all.X + first, all.Y + first, all.To + first, count, job.length, job.radius);
        });
        return result;
    }

    /// <summary>The displacement nearest to x that leaves value + x between low and high, element by element: clamp(value + x) − value.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor KeepInBox(this Tensor x, Tensor value, float low, float high)
    {
        if (x.Shape != value.Shape) throw new ArgumentException($"A displacement {x.Shape} does not fit {value.Shape}.");
        var result = Tensor.Uninitialized(x.Shape);
        var all = new Stretches(x.Data, value.Data, result.Data, x.Shape.Count);
        Team.Run(all.Parts, (all, low, high), static (job, part) =>
        {
            var (all, (first, count)) = (job.all, job.all[part]);
            RowMapKernels.KeepInBox(all.X + first, all.Y + first, all.To + first, count, job.low, job.high);
        });
        return result;
    }

    /// <summary>The mean L2 length of the rows (of the stored ones, if row-sparse): what an ε is compared with. 0 without rows.</summary>
    public static double MeanRowNorm(this Tensor x)
    {
        var stored = x.Stored;
        if (stored.Shape.Rank == 0) throw new ArgumentException("A scalar has no rows.");
        var (rows, width, sum) = (stored.Shape[0], stored.Shape.RowLength, 0.0);
        var from = stored.Data;
        for (var row = 0; row < rows; row++, from += width) sum += RowMapKernels.Norm(from, width);
        GC.KeepAlive(stored);
        return rows == 0 ? 0 : sum / rows;
    }

    private delegate void RowMap(float* from, float* to, int rows, int width, float number);

    private static Tensor MapRows(this Tensor x, float number, RowMap map)
    {
        if (!(number >= 0)) throw new ArgumentOutOfRangeException(nameof(number), $"A length or radius is at least 0; this one is {number}.");
        if (x.Form is PendingRows { Known: null } pending)
        {
            var width = x.Shape.RowLength;
            return new Tensor(x.Shape, new MappedRows(pending, (_, count, rows) => map(rows, rows, count, width, number)));
        }
        var stored = x.Stored;
        if (stored.Shape.Rank == 0) throw new ArgumentException("A scalar has no rows.");
        var result = Tensor.Uninitialized(stored.Shape);
        map(stored.Data, result.Data, stored.Shape[0], stored.Shape.RowLength, number);
        return x.WithStored(result);
    }
}

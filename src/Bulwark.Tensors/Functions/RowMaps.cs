using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

/// <summary>
/// Maps of the rows of a displacement: what balls are made of. A row is everything at one index of the first axis; a row-sparse tensor stays so,
/// and its absent rows stay zero. The results are constants: no gradient passes. For the whole tensor as one row, reshape it to (1, count).
/// </summary>
public static unsafe class RowMaps
{
    private const float Nothing = 1e-12f;                    // rows shorter than this have no direction
    private const float Slack = 1.000001f;                   // rounding leaves a projected row in the ball: projecting again changes nothing

    /// <summary>Each row scaled to this L2 length: the steepest step of an L2 ball. Rows shorter than 10⁻¹² become zero.</summary>
    public static Tensor UnitRows(this Tensor x, float length = 1) => x.MapRows(length, static (from, to, width, length) =>
    {
        var norm = Norm(from, width);
        Scale(from, norm > Nothing ? length / norm : 0, to, width);
    });

    /// <summary>Each row shrunk to this L2 length if it is longer: the nearest point of the ball.</summary>
    public static Tensor ProjectRowsL2(this Tensor x, float radius) => x.MapRows(radius, static (from, to, width, radius) =>
    {
        var norm = Norm(from, width);
        if (norm <= radius * Slack) RowKernels.Copy(from, to, width);
        else Scale(from, radius / norm, to, width);
    });

    /// <summary>Project(from + length · g/‖g‖₂) onto the L2 ball, row by row in one pass: a step of gradient ascent. Both tensors touch the same rows.</summary>
    public static Tensor AscendRowsL2(this Tensor from, Tensor gradient, float length, float radius)
    {
        Tensor start = from.Stored, slope = gradient.Stored;
        if (start.Shape != slope.Shape) throw new ArgumentException($"A step along {slope.Shape} does not fit a displacement {start.Shape}.");
        var result = Tensor.Uninitialized(start.Shape);
        var (rows, width) = (start.Shape[0], start.Shape.RowLength);
        float* x = start.Data, g = slope.Data, to = result.Data;
        for (var row = 0; row < rows; row++, x += width, g += width, to += width)
        {
            var norm = Norm(g, width);
            RowKernels.AddScaled(x, g, norm > Nothing ? length / norm : 0, to, width);
            var size = Norm(to, width);
            if (size > radius * Slack) Scale(to, radius / size, to, width);
        }
        return gradient.WithStored(result);
    }

    /// <summary>
    /// The nearest point of the L1 ball for each row, by the sorted soft threshold (Duchi et al. 2008): sign(x) · max(|x| − τ, 0), where τ makes
    /// the L1 norm equal the radius. Rows inside stay.
    /// </summary>
    public static Tensor ProjectRowsL1(this Tensor x, float radius) => x.MapRows(radius, static (from, to, width, radius) =>
    {
        var threshold = SoftThreshold(from, width, radius);
        for (var c = 0; c < width; c++) to[c] = threshold > 0 ? MathF.CopySign((float)Math.Max(Math.Abs(from[c]) - threshold, 0), from[c]) : from[c];
    });

    /// <summary>
    /// One coordinate for each row: ±length where |x| is largest (the first such), with its sign: the steepest step of an L1 ball. Zero rows stay.
    /// </summary>
    public static Tensor SteepestL1(this Tensor x, float length) => x.MapRows(length, static (from, to, width, length) =>
    {
        var best = 0;
        for (var c = 1; c < width; c++) if (MathF.Abs(from[c]) > MathF.Abs(from[best])) best = c;
        new Span<float>(to, width).Clear();
        if (width > 0 && MathF.Abs(from[best]) > Nothing) to[best] = MathF.CopySign(length, from[best]);
    });

    /// <summary>The mean L2 length of the rows (of the stored ones, if row-sparse): what an ε is compared with. 0 without rows.</summary>
    public static double MeanRowNorm(this Tensor x)
    {
        var stored = x.Stored;
        if (stored.Shape.Rank == 0) throw new ArgumentException("A scalar has no rows.");
        var (rows, width, sum) = (stored.Shape[0], stored.Shape.RowLength, 0.0);
        var from = stored.Data;
        for (var row = 0; row < rows; row++, from += width) sum += Norm(from, width);
        GC.KeepAlive(stored);
        return rows == 0 ? 0 : sum / rows;
    }

    private delegate void RowMap(float* from, float* to, int width, float number);

    private static Tensor MapRows(this Tensor x, float number, RowMap map)
    {
        if (!(number >= 0)) throw new ArgumentOutOfRangeException(nameof(number), $"A length or radius is at least 0; this one is {number}.");
        var stored = x.Stored;
        if (stored.Shape.Rank == 0) throw new ArgumentException("A scalar has no rows.");
        var result = Tensor.Uninitialized(stored.Shape);
        var (rows, width) = (stored.Shape[0], stored.Shape.RowLength);
        float* from = stored.Data, to = result.Data;
        for (var row = 0; row < rows; row++, from += width, to += width) map(from, to, width, number);
        return x.WithStored(result);
    }

    private static float Norm(float* x, int width) => MathF.Sqrt(RowKernels.Dot(x, x, width));

    private static void Scale(float* x, float factor, float* to, int width) => Elementwise.ZipRight<Functions.Times>(x, factor, to, width);

    /// <summary>
    /// τ with Σ max(|x| − τ, 0) = radius; 0 if the row lies in the ball. With |x| in descending order, τ_k = (Σ_{i ≤ k} |x|_i − radius) / k, and the
    /// right k is the last for which |x|_k ≥ τ_k. In double precision, because |x| − τ may be far smaller than either.
    /// </summary>
    private static double SoftThreshold(float* x, int width, float radius)
    {
        var l1 = 0.0;
        for (var c = 0; c < width; c++) l1 += MathF.Abs(x[c]);
        if (!(l1 > radius * Slack)) return 0;
        var scratch = width <= 256 ? stackalloc float[width] : new float[width];
        for (var c = 0; c < width; c++) scratch[c] = -MathF.Abs(x[c]);
        scratch.Sort();
        var (sum, threshold) = (0.0, 0.0);
        for (var k = 0; k < width; k++)
        {
            sum -= scratch[k];
            var candidate = (sum - radius) / (k + 1);
            if (-scratch[k] < candidate) break;
            threshold = candidate;
        }
        return threshold;
    }
}

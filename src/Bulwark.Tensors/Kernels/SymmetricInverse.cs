namespace Bulwark.Tensors.Kernels;

/// <summary>The inverse of a symmetric positive definite matrix: Gauss and Jordan's elimination by blocks, so that nearly all work is matrix products.</summary>
public static unsafe class SymmetricInverse
{
    private const int Block = 128;

    /// <summary>
    /// Replaces a matrix by its inverse, in 2n³ operations and with 2 · 128 · n floats of scratch. Blocks are inverted in double precision, the
    /// rest is float32; the bits do not depend on threads or vector width.
    /// </summary>
    /// <param name="matrix">Symmetric and positive definite. // (n, n)</param>
    /// <param name="n">Its order.</param>
    /// <param name="cancel">Stops between blocks; the matrix is then neither itself nor its inverse.</param>
    /// <exception cref="ArgumentException">The length is not n², or the matrix is not positive definite.</exception>
    public static void Invert(Span<float> matrix, int n, CancellationToken cancel = default)
    {
        if (matrix.Length != (long)n * n) throw new ArgumentException($"A matrix of order {n} has {(long)n * n} elements, not {matrix.Length}.");
        var small = new double[Block * Block];
        fixed (float* a = matrix)
            for (var k = 0; k < n; k += Block)
            {
                cancel.ThrowIfCancellationRequested();
                Eliminate(a, n, k, Math.Min(Block, n - k), small);
            }
    }

    /// <summary>
    /// With D = A_kk⁻¹: A_ij ← A_ij − A_ik D A_kj, A_ik ← −A_ik D, A_kj ← D A_kj, A_kk ← D. The first two are one product where the k-th block
    /// column is zero before and D stands in the k-th block row.
    /// </summary>
    private static void Eliminate(float* a, int n, int k, int b, double[] small)
    {
        var scratch = Scratch.C((nint)b * (2 * (nint)n + b));
        float* left = scratch, top = left + (nint)n * b, inverse = top + (nint)b * n;             // (n, b), (b, n), (b, b)
        for (var i = 0; i < b; i++)
            for (var j = 0; j < b; j++) small[i * b + j] = a[(nint)(k + i) * n + k + j];
        InvertSmall(small, b, k);
        for (var i = 0; i < b * b; i++) inverse[i] = (float)small[i];

        MatMul.Multiply(b, n, b, inverse, b, false, a + (nint)k * n, n, false, top, n);
        for (var i = 0; i < b; i++) RowKernels.Copy(inverse + i * b, top + (nint)i * n + k, b);
        for (var i = 0; i < n; i++)
        {
            float* from = a + (nint)i * n + k, to = left + (nint)i * b;
            for (var j = 0; j < b; j++) (to[j], from[j]) = (i >= k && i < k + b ? 0 : -from[j], 0);
        }
        MatMul.Multiply(n, n, b, left, b, false, top, n, false, a, n, new Epilogue { Accumulate = true });
        Buffer.MemoryCopy(top, a + (nint)k * n, (long)b * n * sizeof(float), (long)b * n * sizeof(float));
    }

    /// <summary>The same elimination one row at a time.</summary>
    private static void InvertSmall(double[] a, int b, int first)
    {
        for (var k = 0; k < b; k++)
        {
            var pivot = a[k * b + k];
            if (!(pivot > 0 && double.IsFinite(pivot)))
                throw new ArgumentException($"The matrix is not positive definite: pivot {first + k} is {pivot:g3}. Add more to its diagonal.");
            a[k * b + k] = 1;
            for (var j = 0; j < b; j++) a[k * b + j] /= pivot;
            for (var i = 0; i < b; i++)
            {
                if (i == k) continue;
                var factor = a[i * b + k];
                a[i * b + k] = 0;
                for (var j = 0; j < b; j++) a[i * b + j] -= factor * a[k * b + j];
            }
        }
    }
}

using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Bulwark.Tensors.Kernels;

/// <summary>
/// The dense matrix product, C = op(A)·op(B), in float32. Its bits depend on the operands alone: not on vector width, tiles or threads
/// (see <see cref="MatMulScalar.Block"/>). Nothing outside the given matrices is read or written.
/// </summary>
/// <remarks>
/// Blocking and packing follow Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008; the many shapes of tile, and
/// packing only where it pays, are for the tall and small matrices of recommenders.
/// </remarks>
internal static unsafe class MatMul
{
    /// <summary>One product. Strides are between rows as stored; rows must not overlap.</summary>
    /// <param name="m">Rows of op(A) and C.</param>
    /// <param name="n">Columns of op(B) and C.</param>
    /// <param name="k">Columns of op(A), rows of op(B); 0 makes every sum 0.</param>
    /// <param name="a">(m, k), or (k, m) if <paramref name="transposeA"/>.</param>
    /// <param name="lda">Row stride of A.</param>
    /// <param name="transposeA">Whether op(A) = Aᵀ.</param>
    /// <param name="b">(k, n), or (n, k) if <paramref name="transposeB"/>.</param>
    /// <param name="ldb">Row stride of B.</param>
    /// <param name="transposeB">Whether op(B) = Bᵀ.</param>
    /// <param name="c">(m, n).</param>
    /// <param name="ldc">Row stride of C.</param>
    /// <param name="epilogue">What happens to the sums; by default they overwrite C.</param>
    internal static void Multiply(
        int m, int n, int k, float* a, int lda, bool transposeA, float* b, int ldb, bool transposeB, float* c, int ldc, Epilogue epilogue = default)
    {
        var o = new MatMulOperands(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, epilogue);
        if (Has512) MatMulDriver<Vector512<float>, Lanes512>.Multiply(o);
        else if (Has256) MatMulDriver<Vector256<float>, Lanes256>.Multiply(o);
        else if (Has128) MatMulDriver<Vector128<float>, Lanes128>.Multiply(o);
        else MatMulScalar.Multiply(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, epilogue);
    }

    /// <summary>Many products of one shape; matrix i of each operand begins i strides after its first.</summary>
    internal static void Batched(
        int batch, int m, int n, int k, float* a, nint strideA, int lda, bool transposeA, float* b, nint strideB, int ldb, bool transposeB,
        float* c, nint strideC, int ldc, Epilogue epilogue = default)
    {
        var size = Math.Clamp((1 << 18) / Math.Max(1, (long)m * n * k), 1, batch);
        var job = new Batch((int)size, batch, new(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, epilogue), strideA, strideB, strideC);
        Team.Run((int)((batch + size - 1) / size), job, static (job, part) =>
        {
            for (int i = part * job.Size, end = Math.Min(job.Count, i + job.Size); i < end; i++)
            {
                var p = job.First;
                var factor = p.Epilogue.Factor;
                var epilogue = p.Epilogue with { Factor = factor == null ? null : factor + i * job.StrideC };
                Multiply(p.M, p.N, p.K, p.A + i * job.StrideA, p.Lda, p.TransposeA, p.B + i * job.StrideB, p.Ldb, p.TransposeB,
                    p.C + i * job.StrideC, p.Ldc, epilogue);
            }
        });
    }

    /// <summary>Floats that <see cref="PackTransposed"/> writes.</summary>
    internal static nint PackedLength(int n, int k) =>
        Has512 ? MatMulDriver<Vector512<float>, Lanes512>.PackedLength(n, k)
        : Has256 ? MatMulDriver<Vector256<float>, Lanes256>.PackedLength(n, k)
        : Has128 ? MatMulDriver<Vector128<float>, Lanes128>.PackedLength(n, k)
        : (nint)n * k;

    /// <summary>Packs B, stored (n, k), once for many products.</summary>
    internal static void PackTransposed(int n, int k, float* b, int ldb, float* to)
    {
        var o = new MatMulOperands(0, n, k, null, 0, false, b, ldb, true, null, 0, default);
        if (Has512) MatMulDriver<Vector512<float>, Lanes512>.Pack(o, to);
        else if (Has256) MatMulDriver<Vector256<float>, Lanes256>.Pack(o, to);
        else if (Has128) MatMulDriver<Vector128<float>, Lanes128>.Pack(o, to);
        else for (var j = 0; j < n; j++) new Span<float>(b + (nint)j * ldb, k).CopyTo(new(to + (nint)j * k, k));
    }

    /// <summary>C = A·op(B) with a B that <see cref="PackTransposed"/> packed. The bits are those of <see cref="Multiply"/>.</summary>
    internal static void MultiplyPacked(int m, int n, int k, float* a, int lda, float* packed, float* c, int ldc, Epilogue epilogue = default)
    {
        var o = new MatMulOperands(m, n, k, a, lda, false, packed, k, true, c, ldc, epilogue);
        if (m <= 0 || n <= 0) return;
        if (Has512) MatMulDriver<Vector512<float>, Lanes512>.MultiplyPacked(o, packed);
        else if (Has256) MatMulDriver<Vector256<float>, Lanes256>.MultiplyPacked(o, packed);
        else if (Has128) MatMulDriver<Vector128<float>, Lanes128>.MultiplyPacked(o, packed);
        else MatMulScalar.Multiply(m, n, k, a, lda, false, packed, k, true, c, ldc, epilogue);
    }

    internal static bool Has512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    internal static bool Has256 => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    internal static bool Has128 => AdvSimd.IsSupported || Fma.IsSupported;

    private readonly struct Batch(int size, int count, MatMulOperands first, nint strideA, nint strideB, nint strideC)
    {
        public readonly int Size = size, Count = count;
        public readonly MatMulOperands First = first;
        public readonly nint StrideA = strideA, StrideB = strideB, StrideC = strideC;
    }
}

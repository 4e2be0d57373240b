namespace Bulwark.Tensors.Kernels;

/// <summary>The matrix product in plain loops: what <see cref="MatMul"/> computes, bit by bit, and what runs without vector hardware.</summary>
internal static unsafe class MatMulScalar
{
    /// <summary>The longest run of k that is one chain of multiply-adds. The sums of the runs are then added in order.</summary>
    /// <remarks>It depends on k alone: this is what fixes the bits of every product.</remarks>
    internal static int Block(int k) => k <= 384 ? k : 256;

    /// <summary>C = op(A)·op(B), and the epilogue. See <see cref="MatMul.Multiply"/>.</summary>
    internal static void Multiply(
        int m, int n, int k, float* a, int lda, bool transposeA, float* b, int ldb, bool transposeB, float* c, int ldc, Epilogue epilogue = default)
    {
        nint rowA = transposeA ? 1 : lda, stepA = transposeA ? lda : 1, columnB = transposeB ? ldb : 1, stepB = transposeB ? 1 : ldb;
        var block = Block(k);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                float* x = a + i * rowA, y = b + j * columnB, to = c + (nint)i * ldc + j;
                var total = epilogue.Accumulate ? *to : 0;
                var first = !epilogue.Accumulate;
                var p = 0;
                do
                {
                    var sum = 0f;
                    for (var end = Math.Min(k, p + block); p < end; p++) sum = MathF.FusedMultiplyAdd(x[p * stepA], y[p * stepB], sum);
                    total = first ? sum : total + sum;
                    first = false;
                }
                while (p < k);
                if (epilogue.Bias != null) total += epilogue.Bias[j];
                if (epilogue.Relu && total < 0) total = 0;
                if (epilogue.Factor != null) total *= epilogue.Factor[(nint)i * ldc + j];
                *to = total;
            }
    }
}

namespace Bulwark.Tensors.Kernels;

// Stands in for the real kernels until they are merged; only the signatures matter.
internal readonly unsafe struct Epilogue
{
    public bool Accumulate { get; init; }

    public float* Bias { get; init; }

    public bool Relu { get; init; }

    public float* Factor { get; init; }
}

internal static unsafe class MatMul
{
    public static void Multiply(
        int m, int n, int k, float* a, int lda, bool transposeA, float* b, int ldb, bool transposeB, float* c, int ldc, Epilogue epilogue = default)
    {
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var to = c + (nint)i * ldc + j;
                var sum = epilogue.Accumulate ? *to : 0;
                for (var p = 0; p < k; p++)
                {
                    var (x, y) = (transposeA ? a[(nint)p * lda + i] : a[(nint)i * lda + p], transposeB ? b[(nint)j * ldb + p] : b[(nint)p * ldb + j]);
                    sum = MathF.FusedMultiplyAdd(x, y, sum);
                }
                if (epilogue.Bias != null) sum += epilogue.Bias[j];
                if (epilogue.Relu && sum < 0) sum = 0;
                if (epilogue.Factor != null) sum *= epilogue.Factor[(nint)i * ldc + j];
                *to = sum;
            }
    }

    public static void Batched(
        int batch, int m, int n, int k, float* a, nint strideA, int lda, bool transposeA, float* b, nint strideB, int ldb, bool transposeB,
        float* c, nint strideC, int ldc, Epilogue epilogue = default)
    {
        for (var i = 0; i < batch; i++) Multiply(m, n, k, a + i * strideA, lda, transposeA, b + i * strideB, ldb, transposeB, c + i * strideC, ldc, epilogue);
    }
}

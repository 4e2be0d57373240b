namespace Bulwark.Tensors.Kernels;

/// <summary>The operands of <see cref="MatMul.Multiply"/>.</summary>
internal readonly unsafe struct MatMulOperands(
    int m, int n, int k, float* a, int lda, bool transposeA, float* b, int ldb, bool transposeB, float* c, int ldc, Epilogue epilogue)
{
    public readonly int M = m, N = n, K = k;
    public readonly float* A = a, B = b, C = c;
    public readonly int Lda = lda, Ldb = ldb, Ldc = ldc;
    public readonly bool TransposeA = transposeA, TransposeB = transposeB;
    public readonly Epilogue Epilogue = epilogue;
}

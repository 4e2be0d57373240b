using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>
/// The micro-kernels of the matrix product: a tile of C of 1 to 14 rows and <typeparamref name="TVectors"/> vectors stays in registers while k passes.
/// </summary>
/// <typeparam name="TV">A vector of floats.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TVectors"><see cref="N1"/> to <see cref="N4"/>.</typeparam>
/// <typeparam name="TRead"><see cref="ByRow"/> or <see cref="ByColumn"/>.</typeparam>
/// <typeparam name="TEdge"><see cref="Whole"/>, <see cref="PartialC"/> or <see cref="PartialBC"/>.</typeparam>
internal static unsafe class MatMulTile<TV, TLanes, TVectors, TRead, TEdge>
    where TV : unmanaged where TLanes : IVectorUnit<TV> where TVectors : unmanaged where TRead : struct where TEdge : struct
{
    /// <summary>The kernels by number of rows. Compiled when first called.</summary>
    internal static readonly nint[] ByRows =
    [
        0, Address<N1>(), Address<N2>(), Address<N3>(), Address<N4>(), Address<N5>(), Address<N6>(), Address<N7>(),
        Address<N8>(), Address<N9>(), Address<N10>(), Address<N11>(), Address<N12>(), Address<N13>(), Address<N14>(),
    ];

    private static nint Address<TRows>() where TRows : unmanaged =>
        (nint)(delegate*<nint, float*, nint, float*, nint, float*, nint, int, bool, void>)&Multiply<TRows>;

    /// <summary>One tile: C = A·B or C += A·B. Each element is one chain of fused multiply-adds over ascending k, from zero.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TRows>(nint k, float* a, nint lda, float* b, nint ldb, float* c, nint ldc, int lastColumns, bool accumulate)
        where TRows : unmanaged
    {
        var mask = typeof(TEdge) != typeof(Whole) ? TLanes.Mask(lastColumns) : default;
        MatMulRow<TV, TLanes, TVectors> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default;
        MatMulRow<TV, TLanes, TVectors> r7 = default, r8 = default, r9 = default, r10 = default, r11 = default, r12 = default, r13 = default;
        float* a3 = a + 3 * lda, a6 = a3 + 3 * lda, a9 = a6 + 3 * lda, a12 = a9 + 3 * lda;      // one pointer for three rows: none spills
        for (; k > 0; k--)
        {
            var y = MatMulRow<TV, TLanes, TVectors>.Load(b, typeof(TEdge) == typeof(PartialBC), mask);
            b += ldb;
            r0.MultiplyAdd(At(a, a, lda, 0), y);
            if (sizeof(TRows) > 1) r1.MultiplyAdd(At(a, a, lda, 1), y);
            if (sizeof(TRows) > 2) r2.MultiplyAdd(At(a, a, lda, 2), y);
            if (sizeof(TRows) > 3) r3.MultiplyAdd(At(a, a3, lda, 3), y);
            if (sizeof(TRows) > 4) r4.MultiplyAdd(At(a, a3, lda, 4), y);
            if (sizeof(TRows) > 5) r5.MultiplyAdd(At(a, a3, lda, 5), y);
            if (sizeof(TRows) > 6) r6.MultiplyAdd(At(a, a6, lda, 6), y);
            if (sizeof(TRows) > 7) r7.MultiplyAdd(At(a, a6, lda, 7), y);
            if (sizeof(TRows) > 8) r8.MultiplyAdd(At(a, a6, lda, 8), y);
            if (sizeof(TRows) > 9) r9.MultiplyAdd(At(a, a9, lda, 9), y);
            if (sizeof(TRows) > 10) r10.MultiplyAdd(At(a, a9, lda, 10), y);
            if (sizeof(TRows) > 11) r11.MultiplyAdd(At(a, a9, lda, 11), y);
            if (sizeof(TRows) > 12) r12.MultiplyAdd(At(a, a12, lda, 12), y);
            if (sizeof(TRows) > 13) r13.MultiplyAdd(At(a, a12, lda, 13), y);
            if (typeof(TRead) == typeof(ByColumn)) a += lda;
            else { a++; a3++; a6++; a9++; a12++; }
        }
        MatMulRow<TV, TLanes, TVectors>.Store(c, r0, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 1) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r1, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 2) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r2, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 3) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r3, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 4) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r4, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 5) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r5, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 6) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r6, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 7) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r7, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 8) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r8, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 9) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r9, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 10) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r10, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 11) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r11, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 12) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r12, accumulate, typeof(TEdge) != typeof(Whole), mask);
        if (sizeof(TRows) > 13) MatMulRow<TV, TLanes, TVectors>.Store(c += ldc, r13, accumulate, typeof(TEdge) != typeof(Whole), mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* At(float* first, float* near, nint lda, int row) => typeof(TRead) == typeof(ByColumn) ? first + row : near + row % 3 * lda;
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bulwark.Tensors.Kernels;

/// <summary>Copies parts of matrices into the order in which the tiles read them, padded with zeros to whole vectors.</summary>
internal static unsafe class MatMulPack<TV, TLanes> where TV : unmanaged where TLanes : IVectorUnit<TV>
{
    /// <summary>Some rows as they are: <c>to[i, j] = from[i, j]</c>, 0 from <paramref name="valid"/> to <paramref name="width"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows(int rows, int valid, int width, float* from, nint stride, float* to, nint strideTo)
    {
        var lanes = sizeof(TV) / sizeof(float);
        var whole = valid / lanes * lanes;
        var mask = TLanes.Mask(valid - whole);
        for (; rows > 0; rows--, from += stride, to += strideTo)
        {
            var j = 0;
            for (; j < whole; j += lanes) TLanes.Store(to + j, TLanes.Load(from + j));
            if (j < width) TLanes.Store(to + j, TLanes.Load(from + j, mask));
        }
    }

    /// <summary>
    /// The transpose: <c>to[p · width + j] = from[j · stride + p]</c> for p below <paramref name="depth"/>, and 0 for j from
    /// <paramref name="valid"/> to <paramref name="width"/>.
    /// </summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transposed(int depth, int valid, int width, float* from, nint stride, float* to)
    {
        if (!Avx.IsSupported || width % 8 != 0)
        {
            for (var p = 0; p < depth; p++)
                for (var j = 0; j < width; j++) to[(nint)p * width + j] = j < valid ? from[j * stride + p] : 0;
            return;
        }
        for (var j = 0; j < width; j += 8)
        {
            var rows = Math.Min(8, valid - j);
            for (var p = 0; p < depth; p += 8)
            {
                var block = from + j * stride + p;
                if (rows == 8 && depth - p >= 8) Transpose8(block, stride, to + (nint)p * width + j, width);
                else Transpose8(block, stride, rows, Math.Min(8, depth - p), to + (nint)p * width + j, width);
            }
        }
    }

    /// <summary>An 8 × 8 block. Inserting halves as they are read leaves eight shuffles fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* from, nint stride, float* to, nint strideTo)
    {
        var half = from + 4 * stride;
        Store4(Pair(from, half), Pair(from + stride, half + stride), Pair(from + 2 * stride, half + 2 * stride), Pair(from + 3 * stride, half + 3 * stride),
            to, strideTo, 4);
        from += 4;
        half += 4;
        to += 4 * strideTo;
        Store4(Pair(from, half), Pair(from + stride, half + stride), Pair(from + 2 * stride, half + 2 * stride), Pair(from + 3 * stride, half + 3 * stride),
            to, strideTo, 4);
    }

    /// <summary>A block at the edge: rows and columns that do not exist are neither read nor, for columns, written.</summary>
    private static void Transpose8(float* from, nint stride, int rows, int columns, float* to, nint strideTo)
    {
        var low = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(columns)).AsSingle();
        Vector256<float> r0 = Row(0), r1 = Row(1), r2 = Row(2), r3 = Row(3), r4 = Row(4), r5 = Row(5), r6 = Row(6), r7 = Row(7);
        Store4(Vector256.Create(r0.GetLower(), r4.GetLower()), Vector256.Create(r1.GetLower(), r5.GetLower()),
            Vector256.Create(r2.GetLower(), r6.GetLower()), Vector256.Create(r3.GetLower(), r7.GetLower()), to, strideTo, columns);
        Store4(Vector256.Create(r0.GetUpper(), r4.GetUpper()), Vector256.Create(r1.GetUpper(), r5.GetUpper()),
            Vector256.Create(r2.GetUpper(), r6.GetUpper()), Vector256.Create(r3.GetUpper(), r7.GetUpper()), to + 4 * strideTo, strideTo, columns - 4);

        Vector256<float> Row(int i) => i < rows ? Avx.MaskLoad(from + i * stride, low) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);

    /// <summary>Transposes four 4 × 2 pairs and writes up to four rows of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3, float* to, nint stride, int rows)
    {
        Vector256<float> low01 = Avx.UnpackLow(x0, x1), high01 = Avx.UnpackHigh(x0, x1), low23 = Avx.UnpackLow(x2, x3), high23 = Avx.UnpackHigh(x2, x3);
        if (rows > 0) Avx.Shuffle(low01, low23, 0x44).Store(to);
        if (rows > 1) Avx.Shuffle(low01, low23, 0xEE).Store(to + stride);
        if (rows > 2) Avx.Shuffle(high01, high23, 0x44).Store(to + 2 * stride);
        if (rows > 3) Avx.Shuffle(high01, high23, 0xEE).Store(to + 3 * stride);
    }
}

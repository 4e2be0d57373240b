using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>Sums of a matrix's columns, as the gradient of a bias.</summary>
internal static unsafe class ColumnSums
{
    /// <summary>to[c] = Σ_r x[r, c] in order, for the columns from <paramref name="first"/> on, the sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Range(float* x, int rows, int width, int first, int end, float* to)
    {
        var c = first;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; c <= end - 64; c += 64)
            {
                Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
                var from = x + c;
                for (var row = 0; row < rows; row++, from += width)
                {
                    a0 += Vector512.Load(from);
                    a1 += Vector512.Load(from + 16);
                    a2 += Vector512.Load(from + 32);
                    a3 += Vector512.Load(from + 48);
                }
                a0.Store(to + c);
                a1.Store(to + c + 16);
                a2.Store(to + c + 32);
                a3.Store(to + c + 48);
            }
            for (; c <= end - 16; c += 16)
            {
                Vector512<float> sum = default;
                var from = x + c;
                for (var row = 0; row < rows; row++, from += width) sum += Vector512.Load(from);
                sum.Store(to + c);
            }
        }
        if (c >= end) return;
        new Span<float>(to + c, end - c).Clear();
        for (var row = 0; row < rows; row++) RowKernels.AddScaled(x + (nint)row * width + c, 1, to + c, end - c);
    }
}

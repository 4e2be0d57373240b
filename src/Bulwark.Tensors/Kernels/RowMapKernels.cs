using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>The loops of <see cref="RowMaps"/>: rows one after the other, each (width), from one array to another or in place.</summary>
internal static unsafe class RowMapKernels
{
    private const float Nothing = 1e-12f;                    // rows shorter than this have no direction
    private const float Slack = 1.000001f;                   // rounding leaves a projected row in the ball: projecting again changes nothing
    private const int Together = 16;

    public static float Norm(float* x, int width) => MathF.Sqrt(RowKernels.Dot(x, x, width));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unit(float* from, float* to, int rows, int width, float length)
    {
        for (var row = 0; row < rows; row++, from += width, to += width)
        {
            var norm = MathF.Sqrt(RowKernels.Dot(from, from, width));
            RowKernels.Scale(from, norm > Nothing ? length / norm : 0, to, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ProjectL2(float* from, float* to, int rows, int width, float radius)
    {
        for (var row = 0; row < rows; row++, from += width, to += width)
        {
            var norm = MathF.Sqrt(RowKernels.Dot(from, from, width));
            RowKernels.Scale(from, norm > radius * Slack ? radius / norm : 1, to, width);
        }
    }

    /// <summary>
    /// to = project(x + s · g), s = length/‖g‖₂; the new length is √(x·x + 2s x·g + s² g·g), so that each row is written once. Roots and quotients of sixteen
    /// rows are taken at a time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AscendL2(float* x, float* g, float* to, int rows, int width, float length, float radius)
    {
        float* xx = stackalloc float[Together], xg = stackalloc float[Together], gg = stackalloc float[Together];
        for (int row = 0, count; row < rows; row += count)
        {
            count = Math.Min(Together, rows - row);
            Products(x, g, count, width, xx, xg, gg);
            Loop.Run(count, new AscendStep(xx, xg, gg, length, radius));
            for (var i = 0; i < count; i++, x += width, g += width, to += width) RowKernels.Combine(x, xx[i], g, gg[i], to, width);
        }
    }

    /// <summary>x·x, x·g and g·g of each row; of four at a time, because the tree of a sum takes as long as reading its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products(float* x, float* g, int rows, int width, float* xx, float* xg, float* gg)
    {
        var row = 0;
        if (Vector256.IsHardwareAccelerated && width % 16 == 0)
        {
            for (; row <= rows - 4; row += 4)
            {
                float* x0 = x + (nint)row * width, x1 = x0 + width, x2 = x1 + width, x3 = x2 + width;
                float* g0 = g + (nint)row * width, g1 = g0 + width, g2 = g1 + width, g3 = g2 + width;
                RowKernels.Totals(RowKernels.FourSums(x0, x0, width), RowKernels.FourSums(x1, x1, width),
                    RowKernels.FourSums(x2, x2, width), RowKernels.FourSums(x3, x3, width)).Store(xx + row);
                RowKernels.Totals(RowKernels.FourSums(x0, g0, width), RowKernels.FourSums(x1, g1, width),
                    RowKernels.FourSums(x2, g2, width), RowKernels.FourSums(x3, g3, width)).Store(xg + row);
                RowKernels.Totals(RowKernels.FourSums(g0, g0, width), RowKernels.FourSums(g1, g1, width),
                    RowKernels.FourSums(g2, g2, width), RowKernels.FourSums(g3, g3, width)).Store(gg + row);
            }
        }
        for (; row < rows; row++)
        {
            float* from = x + (nint)row * width, slope = g + (nint)row * width;
            (xx[row], xg[row], gg[row]) = (RowKernels.Dot(from, from, width), RowKernels.Dot(from, slope, width), RowKernels.Dot(slope, slope, width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AscendSigns(float* x, float* g, float* to, int count, float length, float radius) =>
        Loop.Run(count, new SignStep(x, g, to, length, radius));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void KeepInBox(float* x, float* value, float* to, int count, float low, float high) =>
        Loop.Run(count, new BoxStep(x, value, to, low, high));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ProjectL1(float* from, float* to, int rows, int width, float radius)
    {
        var scratch = new float[width];
        for (var row = 0; row < rows; row++, from += width, to += width)
        {
            var threshold = SoftThreshold(from, width, radius, scratch);
            for (var c = 0; c < width; c++)
                to[c] = threshold > 0 ? MathF.CopySign((float)Math.Max(Math.Abs(from[c]) - threshold, 0), from[c]) : from[c];
        }
    }

    /// <summary>The largest |x| of a row by lanes, then the first place where it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SteepestL1(float* from, float* to, int rows, int width, float length)
    {
        new Span<float>(to, rows * width).Clear();
        if (width == 0) return;
        for (var row = 0; row < rows; row++, from += width, to += width)
        {
            var size = MathF.Abs(Loop.Extreme<LargerSize>(from, width));
            if (!(size > Nothing)) continue;
            var at = 0;
            while (MathF.Abs(from[at]) != size) at++;
            to[at] = MathF.CopySign(length, from[at]);
        }
    }

    /// <summary>
    /// τ with Σ max(|x| − τ, 0) = radius; 0 if the row lies in the ball. τ = (Σ |x| − radius) / n over the n elements above it: from all of them on,
    /// those below τ are dropped, which raises τ, until none is (Michelot 1986); the same τ as by sorting (Duchi et al. 2008).
    /// In double precision, because |x| − τ may be far smaller than either.
    /// </summary>
    private static double SoftThreshold(float* x, int width, float radius, float[] scratch)
    {
        var sum = 0.0;
        for (var c = 0; c < width; c++) sum += scratch[c] = MathF.Abs(x[c]);
        if (!(sum > radius * Slack)) return 0;
        var count = width;
        while (true)
        {
            var (threshold, kept) = ((sum - radius) / count, 0);
            for (var i = 0; i < count; i++)
            {
                var size = scratch[i];
                if (size < threshold) sum -= size;
                else scratch[kept++] = size;
            }
            if (kept == count || kept == 0) return threshold;
            count = kept;
        }
    }

    /// <summary>What x and g are multiplied by, in the place of x·x and g·g.</summary>
    private readonly struct AscendStep(float* xx, float* xg, float* gg, float length, float radius) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T>
        {
            T square = T.Load(gg + i), norm = T.Sqrt(square);
            var step = T.IfLess(T.Of(Nothing), norm, T.Of(length) / norm, T.Of(0));
            var size = T.Sqrt(LaneMath.Max(T.Load(xx + i) + step * (T.Of(2) * T.Load(xg + i) + step * square), T.Of(0)));
            var shrink = T.IfLess(T.Of(radius * Slack), size, T.Of(radius) / size, T.Of(1));
            T.Store(shrink, xx + i);
            T.Store(shrink * step, gg + i);
        }
    }

    private readonly struct SignStep(float* x, float* g, float* to, float length, float radius) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(
            LaneMath.Min(LaneMath.Max(T.Fma(Functions.SignKernel.Of(T.Load(g + i)), T.Of(length), T.Load(x + i)), T.Of(-radius)), T.Of(radius)), to + i);
    }

    private readonly struct BoxStep(float* x, float* value, float* to, float low, float high) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T>
        {
            var from = T.Load(value + i);
            T.Store(LaneMath.Min(LaneMath.Max(from + T.Load(x + i), T.Of(low)), T.Of(high)) - from, to + i);
        }
    }

    private readonly struct LargerSize : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => LaneMath.Max(T.Abs(x), T.Abs(y));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>One weight's update, over lanes.</summary>
internal interface IUpdate
{
    static abstract int Slots { get; }
    static abstract void Of<T>(ref T weight, T gradient, ref T slot0, ref T slot1, in UpdateConstants with) where T : struct, ILanes<T>;
}

/// <summary>What an update formula needs besides weight, gradient and state; each formula reads those it knows.</summary>
internal readonly record struct UpdateConstants(
    float Rate, float A = 0, float B = 0, float C = 0, float D = 0, float GradientScale = 1, float L1 = 0, float L2 = 0);

/// <summary>Count rows of Width weights, their state, and gradient rows in order; Rows null means the rows are 0, 1, 2 ….</summary>
internal unsafe struct UpdateRows
{
    public float* Weights, Slot0, Slot1, Gradient;
    public int* Rows;
    public int Count, Width;

    /// <summary>One of some parts: consecutive rows, or, where these are all rows, a stretch of the table.</summary>
    public readonly UpdateRows Part(int part, int parts)
    {
        var length = Rows == null ? Count * Width : Count;
        var (first, end) = ((int)((long)length * part / parts), (int)((long)length * (part + 1) / parts));
        var result = this;
        if (Rows != null)
        {
            result.Rows += first;
            result.Gradient += (nint)first * Width;
            result.Count = end - first;
            return result;
        }
        result.Weights += first;
        result.Gradient += first;
        if (Slot0 != null) result.Slot0 += first;
        if (Slot1 != null) result.Slot1 += first;
        (result.Count, result.Width) = (1, end - first);
        return result;
    }
}

/// <summary>Applies update formulas in place, row by row, prefetching the scattered rows.</summary>
internal static unsafe class UpdateKernel
{
    private const int Ahead = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TUpdate>(in UpdateRows rows, in UpdateConstants with) where TUpdate : struct, IUpdate
    {
        var width = rows.Width;
        for (var s = 0; s < rows.Count; s++)
        {
            if (rows.Rows != null && s + Ahead < rows.Count)
            {
                var next = (nint)rows.Rows[s + Ahead] * width;
                RowKernels.Prefetch(rows.Weights + next, width);
                if (TUpdate.Slots > 0) RowKernels.Prefetch(rows.Slot0 + next, width);
                if (TUpdate.Slots > 1) RowKernels.Prefetch(rows.Slot1 + next, width);
            }
            var at = (nint)(rows.Rows == null ? s : rows.Rows[s]) * width;
            Row<TUpdate>(rows.Weights + at, rows.Gradient + (nint)s * width, rows.Slot0 + at, rows.Slot1 + at, width, with);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TUpdate>(float* weights, float* gradient, float* slot0, float* slot1, int width, in UpdateConstants with)
        where TUpdate : struct, IUpdate
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= width - 16; i += 16) One<TUpdate, F16>(weights + i, gradient + i, slot0 + i, slot1 + i, with);
        if (Vector256.IsHardwareAccelerated) for (; i <= width - 8; i += 8) One<TUpdate, F8>(weights + i, gradient + i, slot0 + i, slot1 + i, with);
        for (; i < width; i++) One<TUpdate, F1>(weights + i, gradient + i, slot0 + i, slot1 + i, with);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<TUpdate, T>(float* weights, float* gradient, float* slot0, float* slot1, in UpdateConstants with)
        where TUpdate : struct, IUpdate where T : struct, ILanes<T>
    {
        T w = T.Load(weights), g = T.Load(gradient) * T.Of(with.GradientScale), s0 = default, s1 = default;
        if (TUpdate.Slots > 0) s0 = T.Load(slot0);
        if (TUpdate.Slots > 1) s1 = T.Load(slot1);
        g = T.Fma(T.Of(with.L2), w, g);
        if (with.L1 != 0) g += T.IfLess(w, T.Of(0), T.Of(-with.L1), T.IfLess(T.Of(0), w, T.Of(with.L1), T.Of(0)));
        TUpdate.Of(ref w, g, ref s0, ref s1, with);
        T.Store(w, weights);
        if (TUpdate.Slots > 0) T.Store(s0, slot0);
        if (TUpdate.Slots > 1) T.Store(s1, slot1);
    }
}

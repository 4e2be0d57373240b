using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>A formula of one number, over lanes.</summary>
internal interface IUnary
{
    static abstract T Of<T>(T x) where T : struct, ILanes<T>;
}

/// <summary>A formula of one number and a constant, over lanes.</summary>
internal interface IUnaryWith
{
    static abstract T Of<T>(T x, T constant) where T : struct, ILanes<T>;
}

/// <summary>A formula of two numbers, over lanes.</summary>
internal interface IBinary
{
    static abstract T Of<T>(T x, T y) where T : struct, ILanes<T>;
}

/// <summary>Formulas applied to arrays: sixteen or eight floats at a time, the rest (and machines without vectors) by the scalar twin.</summary>
internal static unsafe class Elementwise
{
    /// <summary>to[i] = f(x[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Map<TOp>(float* x, float* to, int count) where TOp : struct, IUnary
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= count - 16; i += 16) F16.Store(TOp.Of(F16.Load(x + i)), to + i);
        if (i < count) MapRest<TOp>(x, to, i, count);
    }

    /// <summary>Eight at a time, and the last few; apart, because a long formula is inlined whole only once in a method.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapRest<TOp>(float* x, float* to, int i, int count) where TOp : struct, IUnary
    {
        if (Vector256.IsHardwareAccelerated) for (; i <= count - 8; i += 8) F8.Store(TOp.Of(F8.Load(x + i)), to + i);
        for (; i < count; i++) F1.Store(TOp.Of(F1.Load(x + i)), to + i);
    }

    /// <summary>to[i] = f(x[i], constant).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MapWith<TOp>(float* x, float constant, float* to, int count) where TOp : struct, IUnaryWith
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= count - 16; i += 16) F16.Store(TOp.Of(F16.Load(x + i), F16.Of(constant)), to + i);
        if (Vector256.IsHardwareAccelerated) for (; i <= count - 8; i += 8) F8.Store(TOp.Of(F8.Load(x + i), F8.Of(constant)), to + i);
        for (; i < count; i++) F1.Store(TOp.Of(F1.Load(x + i), F1.Of(constant)), to + i);
    }

    /// <summary>to[i] = f(x[i], y[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Zip<TOp>(float* x, float* y, float* to, int count) where TOp : struct, IBinary
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= count - 16; i += 16) F16.Store(TOp.Of(F16.Load(x + i), F16.Load(y + i)), to + i);
        if (Vector256.IsHardwareAccelerated) for (; i <= count - 8; i += 8) F8.Store(TOp.Of(F8.Load(x + i), F8.Load(y + i)), to + i);
        for (; i < count; i++) F1.Store(TOp.Of(F1.Load(x + i), F1.Load(y + i)), to + i);
    }

    /// <summary>to[i] = f(x[i], y) for one y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ZipRight<TOp>(float* x, float y, float* to, int count) where TOp : struct, IBinary
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= count - 16; i += 16) F16.Store(TOp.Of(F16.Load(x + i), F16.Of(y)), to + i);
        if (Vector256.IsHardwareAccelerated) for (; i <= count - 8; i += 8) F8.Store(TOp.Of(F8.Load(x + i), F8.Of(y)), to + i);
        for (; i < count; i++) F1.Store(TOp.Of(F1.Load(x + i), F1.Of(y)), to + i);
    }

    /// <summary>to[i] = f(x, y[i]) for one x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ZipLeft<TOp>(float x, float* y, float* to, int count) where TOp : struct, IBinary
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= count - 16; i += 16) F16.Store(TOp.Of(F16.Of(x), F16.Load(y + i)), to + i);
        if (Vector256.IsHardwareAccelerated) for (; i <= count - 8; i += 8) F8.Store(TOp.Of(F8.Of(x), F8.Load(y + i)), to + i);
        for (; i < count; i++) F1.Store(TOp.Of(F1.Of(x), F1.Load(y + i)), to + i);
    }

    /// <summary>Σ x[i], in sixteen interleaved partial sums and a fixed tree: the same bits for any vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(float* x, int count)
    {
        var partial = stackalloc float[16];
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var sum = Vector512<float>.Zero;
            for (; i <= count - 16; i += 16) sum += Vector512.Load(x + i);
            sum.Store(partial);
        }
        else
        {
            new Span<float>(partial, 16).Clear();
            for (; i <= count - 16; i += 16) for (var j = 0; j < 16; j++) partial[j] += x[i + j];
        }
        for (; i < count; i++) partial[i & 15] += x[i];
        return Tree(partial);
    }

    /// <summary>The sum of sixteen partial sums: halves onto halves.</summary>
    public static float Tree(float* partial)
    {
        for (var half = 8; half > 0; half /= 2) for (var j = 0; j < half; j++) partial[j] += partial[j + half];
        return partial[0];
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>
/// One or several floats that a formula treats alike. A kernel's formula is written once over lanes; the vector path and its scalar twin
/// are two instances of it, equal to the bit because every operation here is exactly rounded.
/// </summary>
internal interface ILanes<T> where T : struct, ILanes<T>
{
    static abstract int Width { get; }
    static abstract T Of(float value);
    static abstract unsafe T Load(float* from);
    static abstract unsafe void Store(T value, float* to);
    static abstract T operator +(T x, T y);
    static abstract T operator -(T x, T y);
    static abstract T operator -(T x);
    static abstract T operator *(T x, T y);
    static abstract T operator /(T x, T y);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract T Fma(T x, T y, T z);
    static abstract T Sqrt(T x);
    static abstract T Abs(T x);

    /// <summary>x &lt; y ? a : b; false when either is NaN.</summary>
    static abstract T IfLess(T x, T y, T a, T b);

    /// <summary>x = y ? a : b; false when either is NaN.</summary>
    static abstract T IfEqual(T x, T y, T a, T b);

    /// <summary>2ⁿ for a whole number n in [−126, 127].</summary>
    static abstract T Power2(T n);

    /// <summary>x = m · 2ᵉ with m in [√½, √2), for normal positive x.</summary>
    static abstract (T Mantissa, T Exponent) Split(T x);

    /// <summary>A first guess of 1/√x, relative error below .035, for normal positive x.</summary>
    static abstract T InverseSqrtGuess(T x);

    /// <summary>Random numbers in [0, 1), 24 bits: element j is a hash of the key and index + j (<see cref="CounterHash"/>).</summary>
    static abstract T Uniform(int index, ulong key);
}

/// <summary>The scalar twin.</summary>
internal readonly struct F1(float value) : ILanes<F1>
{
    private readonly float _v = value;

    public float Value => _v;
    public static int Width => 1;
    public static F1 Of(float value) => new(value);
    public static unsafe F1 Load(float* from) => new(*from);
    public static unsafe void Store(F1 value, float* to) => *to = value._v;
    public static F1 operator +(F1 x, F1 y) => new(x._v + y._v);
    public static F1 operator -(F1 x, F1 y) => new(x._v - y._v);
    public static F1 operator -(F1 x) => new(-x._v);
    public static F1 operator *(F1 x, F1 y) => new(x._v * y._v);
    public static F1 operator /(F1 x, F1 y) => new(x._v / y._v);
    public static F1 Fma(F1 x, F1 y, F1 z) => new(MathF.FusedMultiplyAdd(x._v, y._v, z._v));
    public static F1 Sqrt(F1 x) => new(MathF.Sqrt(x._v));
    public static F1 Abs(F1 x) => new(MathF.Abs(x._v));
    public static F1 IfLess(F1 x, F1 y, F1 a, F1 b) => x._v < y._v ? a : b;
    public static F1 IfEqual(F1 x, F1 y, F1 a, F1 b) => x._v == y._v ? a : b;
    public static F1 Power2(F1 n) => new(BitConverter.Int32BitsToSingle((int)n._v + 127 << 23));

    public static (F1, F1) Split(F1 x)
    {
        var bits = BitConverter.SingleToInt32Bits(x._v);
        var e = bits - 0x3F3504F3 >> 23;
        return (new(BitConverter.Int32BitsToSingle(bits - (e << 23))), new(e));
    }

    public static F1 InverseSqrtGuess(F1 x) => new(BitConverter.Int32BitsToSingle(0x5F375A86 - (BitConverter.SingleToInt32Bits(x._v) >> 1)));

    public static F1 Uniform(int index, ulong key) => new((CounterHash.Of((uint)index, key) >> 8) * CounterHash.Unit);
}

/// <summary>Eight floats.</summary>
internal readonly struct F8(Vector256<float> value) : ILanes<F8>
{
    private readonly Vector256<float> _v = value;

    public Vector256<float> Value => _v;
    public static int Width => 8;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 Of(float value) => new(Vector256.Create(value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static unsafe F8 Load(float* from) => new(Vector256.Load(from));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static unsafe void Store(F8 value, float* to) => value._v.Store(to);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 operator +(F8 x, F8 y) => new(x._v + y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 operator -(F8 x, F8 y) => new(x._v - y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 operator -(F8 x) => new(-x._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 operator *(F8 x, F8 y) => new(x._v * y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 operator /(F8 x, F8 y) => new(x._v / y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 Fma(F8 x, F8 y, F8 z) => new(Vector256.FusedMultiplyAdd(x._v, y._v, z._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 Sqrt(F8 x) => new(Vector256.Sqrt(x._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F8 Abs(F8 x) => new(Vector256.Abs(x._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 IfLess(F8 x, F8 y, F8 a, F8 b) => new(Vector256.ConditionalSelect(Vector256.LessThan(x._v, y._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 IfEqual(F8 x, F8 y, F8 a, F8 b) => new(Vector256.ConditionalSelect(Vector256.Equals(x._v, y._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Power2(F8 n) => new((Vector256.ConvertToInt32Native(n._v) + Vector256.Create(127) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (F8, F8) Split(F8 x)
    {
        var bits = x._v.AsInt32();
        var e = bits - Vector256.Create(0x3F3504F3) >> 23;
        return (new((bits - (e << 23)).AsSingle()), new(Vector256.ConvertToSingle(e)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 InverseSqrtGuess(F8 x) => new((Vector256.Create(0x5F375A86) - (x._v.AsInt32() >> 1)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Uniform(int index, ulong key)
    {
        var hash = CounterHash.Of(Vector256.Create((uint)index) + Vector256<uint>.Indices, key);
        return new(Vector256.ConvertToSingle((hash >> 8).AsInt32()) * CounterHash.Unit);
    }
}

/// <summary>Sixteen floats.</summary>
internal readonly struct F16(Vector512<float> value) : ILanes<F16>
{
    private readonly Vector512<float> _v = value;

    public Vector512<float> Value => _v;
    public static int Width => 16;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 Of(float value) => new(Vector512.Create(value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static unsafe F16 Load(float* from) => new(Vector512.Load(from));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static unsafe void Store(F16 value, float* to) => value._v.Store(to);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 operator +(F16 x, F16 y) => new(x._v + y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 operator -(F16 x, F16 y) => new(x._v - y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 operator -(F16 x) => new(-x._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 operator *(F16 x, F16 y) => new(x._v * y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 operator /(F16 x, F16 y) => new(x._v / y._v);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 Fma(F16 x, F16 y, F16 z) => new(Vector512.FusedMultiplyAdd(x._v, y._v, z._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 Sqrt(F16 x) => new(Vector512.Sqrt(x._v));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static F16 Abs(F16 x) => new(Vector512.Abs(x._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F16 IfLess(F16 x, F16 y, F16 a, F16 b) => new(Vector512.ConditionalSelect(Vector512.LessThan(x._v, y._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F16 IfEqual(F16 x, F16 y, F16 a, F16 b) => new(Vector512.ConditionalSelect(Vector512.Equals(x._v, y._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F16 Power2(F16 n) => new((Vector512.ConvertToInt32Native(n._v) + Vector512.Create(127) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (F16, F16) Split(F16 x)
    {
        var bits = x._v.AsInt32();
        var e = bits - Vector512.Create(0x3F3504F3) >> 23;
        return (new((bits - (e << 23)).AsSingle()), new(Vector512.ConvertToSingle(e)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F16 InverseSqrtGuess(F16 x) => new((Vector512.Create(0x5F375A86) - (x._v.AsInt32() >> 1)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F16 Uniform(int index, ulong key)
    {
        var hash = CounterHash.Of(Vector512.Create((uint)index) + Vector512<uint>.Indices, key);
        return new(Vector512.ConvertToSingle((hash >> 8).AsInt32()) * CounterHash.Unit);
    }
}

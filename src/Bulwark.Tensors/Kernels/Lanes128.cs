using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Bulwark.Tensors.Kernels;

/// <summary>4 floats (ARM's AdvSimd, or x86 with fused multiply-add).</summary>
internal readonly unsafe struct Lanes128 : IVectorUnit<Vector128<float>>
{
    public static int Registers => AdvSimd.IsSupported ? 32 : 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mask(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    public static Vector128<float> Load(float* from, Vector128<float> mask)
    {
        if (Avx.IsSupported) return Avx.MaskLoad(from, mask);
        var bits = mask.ExtractMostSignificantBits();
        var value = Vector128<float>.Zero;
        for (var i = 0; i < Vector128<float>.Count; i++)
            if ((bits >> i & 1) != 0) value = value.WithElement(i, from[i]);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> sum) => Vector128.FusedMultiplyAdd(x, y, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> x, Vector128<float> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> x, Vector128<float> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu(Vector128<float> x) => Vector128.AndNot(x, Vector128.LessThan(x, Vector128<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Larger(Vector128<float> x, Vector128<float> y) => Vector128.ConditionalSelect(Vector128.GreaterThan(x, y), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Greater(Vector128<float> x, Vector128<float> y) => Vector128.GreaterThan(x, y).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(Vector128<float> x, Vector128<float> y) => Vector128.Equals(x, y).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, Vector128<float> value) => value.Store(to);

    public static void Store(float* to, Vector128<float> mask, Vector128<float> value)
    {
        if (Avx.IsSupported)
        {
            Avx.MaskStore(to, mask, value);
            return;
        }
        var bits = mask.ExtractMostSignificantBits();
        for (var i = 0; i < Vector128<float>.Count; i++)
            if ((bits >> i & 1) != 0) to[i] = value[i];
    }
}

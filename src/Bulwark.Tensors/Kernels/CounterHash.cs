using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>
/// 32 random bits for a key and a counter, so that random numbers need not be stored: whoever wants them again derives them again.
/// Two rounds of shift and multiply with the constants of the low-bias search by Wellons (2018); half of the key enters before each.
/// </summary>
internal static class CounterHash
{
    /// <summary>2⁻²⁴: turns the upper 24 bits into [0, 1).</summary>
    public const float Unit = 1f / (1 << 24);

    private const uint Golden = 0x9E3779B9, First = 0x7FEB352D, Second = 0x846CA68B;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(uint counter, ulong key)
    {
        var z = counter * Golden + (uint)key;
        z = (z ^ z >> 16) * First ^ (uint)(key >> 32);
        z = (z ^ z >> 15) * Second;
        return z ^ z >> 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Of(Vector256<uint> counter, ulong key)
    {
        var z = counter * Golden + Vector256.Create((uint)key);
        z = (z ^ z >> 16) * First ^ Vector256.Create((uint)(key >> 32));
        z = (z ^ z >> 15) * Second;
        return z ^ z >> 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Of(Vector512<uint> counter, ulong key)
    {
        var z = counter * Golden + Vector512.Create((uint)key);
        z = (z ^ z >> 16) * First ^ Vector512.Create((uint)(key >> 32));
        z = (z ^ z >> 15) * Second;
        return z ^ z >> 16;
    }
}

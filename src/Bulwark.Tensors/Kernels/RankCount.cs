using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>Where a score stands in a row, by counting.</summary>
public static unsafe class RankCount
{
    /// <summary>How many scores are larger than <paramref name="score"/> and how many equal it; NaN counts as neither.</summary>
    public static (int Above, int Equal) Count(ReadOnlySpan<float> scores, float score) =>
        MatMul.Has512 ? Vectors<Vector512<float>, Lanes512>(scores, score)
        : MatMul.Has256 ? Vectors<Vector256<float>, Lanes256>(scores, score)
        : MatMul.Has128 ? Vectors<Vector128<float>, Lanes128>(scores, score)
        : Scalar(scores, score);

    /// <summary>The plain loop.</summary>
    internal static (int Above, int Equal) Scalar(ReadOnlySpan<float> scores, float score)
    {
        var (above, equal) = (0, 0);
        foreach (var x in scores)
        {
            if (x > score) above++;
            if (x == score) equal++;
        }
        return (above, equal);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (int Above, int Equal) Vectors<TV, TLanes>(ReadOnlySpan<float> scores, float score) where TV : unmanaged where TLanes : IVectorUnit<TV>
    {
        int lanes = sizeof(TV) / sizeof(float), above = 0, equal = 0, i = 0;
        var one = TLanes.Broadcast(score);
        fixed (float* row = scores)
            for (; i <= scores.Length - lanes; i += lanes)
            {
                var x = TLanes.Load(row + i);
                above += BitOperations.PopCount(TLanes.Greater(x, one));
                equal += BitOperations.PopCount(TLanes.Equal(x, one));
            }
        var (restAbove, restEqual) = Scalar(scores[i..], score);
        return (above + restAbove, equal + restEqual);
    }
}

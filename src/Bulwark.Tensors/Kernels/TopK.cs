using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>The k largest of a row of scores, without sorting all of it.</summary>
public static unsafe class TopK
{
    /// <summary>
    /// Writes the indices and values of the <c>indices.Length</c> largest scores, best first; equal scores keep ascending index; −∞ and NaN
    /// never enter. Returns how many were found.
    /// </summary>
    /// <param name="scores">The row.</param>
    /// <param name="indices">Receives the indices; its length is k.</param>
    /// <param name="values">Receives the scores; at least as long as <paramref name="indices"/>.</param>
    public static int Select(ReadOnlySpan<float> scores, Span<int> indices, Span<float> values) => Continue(scores, 0, indices, values, 0);

    /// <summary>Goes on with the scores from index <paramref name="first"/>, after <paramref name="found"/> were kept of those before.</summary>
    internal static int Continue(ReadOnlySpan<float> scores, int first, Span<int> indices, Span<float> values, int found)
    {
        values = values[..indices.Length];                     // throws if too short
        if (indices.Length == 0) return 0;
        if (MatMul.Has512) return Scan<Vector512<float>, Lanes512>(scores, first, indices, values, found);
        if (MatMul.Has256) return Scan<Vector256<float>, Lanes256>(scores, first, indices, values, found);
        if (MatMul.Has128) return Scan<Vector128<float>, Lanes128>(scores, first, indices, values, found);
        return Scalar(scores, first, indices, values, found);
    }

    /// <summary>The plain loop.</summary>
    internal static int Scalar(ReadOnlySpan<float> scores, int first, Span<int> indices, Span<float> values, int found)
    {
        var bound = found == indices.Length ? values[^1] : float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
            if (scores[i] > bound) bound = Insert(scores[i], first + i, indices, values, ref found, bound);
        return found;
    }

    /// <summary>Compares four vectors of scores at a time with the worst that is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Scan<TV, TLanes>(ReadOnlySpan<float> scores, int first, Span<int> indices, Span<float> values, int found)
        where TV : unmanaged where TLanes : IVectorUnit<TV>
    {
        fixed (float* row = scores)
        {
            int lanes = sizeof(TV) / sizeof(float), step = 4 * lanes, i = 0;
            var bound = found == indices.Length ? values[^1]
                : found == 0 ? Bound<TV, TLanes>(row, scores.Length, indices.Length)
                : float.NegativeInfinity;
            for (; i <= scores.Length - step; i += step)
            {
                var least = TLanes.Broadcast(bound);
                var hits = TLanes.Greater(TLanes.Load(row + i), least) | TLanes.Greater(TLanes.Load(row + i + lanes), least) << lanes
                    | TLanes.Greater(TLanes.Load(row + i + 2 * lanes), least) << 2 * lanes
                    | TLanes.Greater(TLanes.Load(row + i + 3 * lanes), least) << 3 * lanes;
                for (; hits != 0; hits &= hits - 1)
                {
                    var at = i + BitOperations.TrailingZeroCount(hits);
                    if (row[at] > bound) bound = Insert(row[at], first + at, indices, values, ref found, bound);
                }
            }
            for (; i < scores.Length; i++)
                if (row[i] > bound) bound = Insert(row[i], first + i, indices, values, ref found, bound);
        }
        return found;
    }

    /// <summary>
    /// Something below the k-th best score, but not far: with the row dealt into columns, k of the columns' maxima reach the k-th of them, so
    /// nothing less can be among the k best. It spares nearly all of the insertions that a scan from nothing makes on its way up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Bound<TV, TLanes>(float* row, int count, int k) where TV : unmanaged where TLanes : IVectorUnit<TV>
    {
        int lanes = sizeof(TV) / sizeof(float), step = 4 * lanes;
        if (k > step || count < 4 * step) return float.NegativeInfinity;
        var maxima = stackalloc TV[4];
        TV none = TLanes.Broadcast(float.NegativeInfinity), x0 = none, x1 = none, x2 = none, x3 = none;
        for (var i = 0; i <= count - step; i += step)
        {
            x0 = TLanes.Larger(TLanes.Load(row + i), x0);
            x1 = TLanes.Larger(TLanes.Load(row + i + lanes), x1);
            x2 = TLanes.Larger(TLanes.Load(row + i + 2 * lanes), x2);
            x3 = TLanes.Larger(TLanes.Load(row + i + 3 * lanes), x3);
        }
        var few = k <= lanes;
        maxima[0] = few ? TLanes.Larger(TLanes.Larger(x0, x1), TLanes.Larger(x2, x3)) : x0;
        (maxima[1], maxima[2], maxima[3]) = (x1, x2, x3);
        var kth = float.PositiveInfinity;
        for (var i = 0; i < (few ? lanes : step); i++)
        {
            var one = TLanes.Broadcast(((float*)maxima)[i]);
            var above = 0;
            for (var v = 0; v < (few ? 1 : 4); v++) above += BitOperations.PopCount(TLanes.Greater(maxima[v], one));
            if (above < k) kth = Math.Min(kth, ((float*)maxima)[i]);
        }
        return kth == float.NegativeInfinity ? kth : MathF.BitDecrement(kth);
    }

    /// <summary>Puts a score that beats the bound in its place, and returns the new bound.</summary>
    private static float Insert(float score, int index, Span<int> indices, Span<float> values, ref int found, float bound)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var place = ref MemoryMarshal.GetReference(indices);
        var at = found < indices.Length ? found++ : found - 1;
        for (; at > 0 && score > Unsafe.Add(ref value, at - 1); at--)
        {
            Unsafe.Add(ref value, at) = Unsafe.Add(ref value, at - 1);
            Unsafe.Add(ref place, at) = Unsafe.Add(ref place, at - 1);
        }
        Unsafe.Add(ref value, at) = score;
        Unsafe.Add(ref place, at) = index;
        return found == indices.Length ? Unsafe.Add(ref value, found - 1) : bound;
    }
}

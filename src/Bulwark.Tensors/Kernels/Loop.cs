using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bulwark.Tensors.Kernels;

/// <summary>What a loop does with elements i to i + T.Width − 1. The struct holds the addresses and constants of the formula.</summary>
internal interface IStep
{
    void At<T>(int i) where T : struct, ILanes<T>;
}

/// <summary>What a loop adds to its sum at elements i to i + T.Width − 1; it may store results on the way.</summary>
internal interface ITerm
{
    T Add<T>(T sum, int i) where T : struct, ILanes<T>;
}

/// <summary>Loops over a row of floats for formulas with several inputs, outputs or constants; see <see cref="Elementwise"/> for the simple ones.</summary>
internal static unsafe class Loop
{
    /// <summary>Runs a step over all elements. A method that does so with a long formula must not be inlined: then all of the formula is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TStep>(int count, TStep step) where TStep : struct, IStep
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated) for (; i <= count - 16; i += 16) step.At<F16>(i);
        if (i < count) Rest(i, count, step);
    }

    /// <summary>Eight at a time, and the last few; apart, because a long formula is inlined whole only once in a method.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rest<TStep>(int i, int count, TStep step) where TStep : struct, IStep
    {
        if (Vector256.IsHardwareAccelerated) for (; i <= count - 8; i += 8) step.At<F8>(i);
        for (; i < count; i++) step.At<F1>(i);
    }

    /// <summary>
    /// The sum of all terms: sixteen interleaved partial sums, folded onto eight, which take a further eight elements if they are there,
    /// folded onto one, which takes the rest in order. The bits do not depend on the vector width.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<TTerm>(int count, TTerm term) where TTerm : struct, ITerm
    {
        if (!Vector256.IsHardwareAccelerated) return SumScalar(count, term);
        var i = 0;
        F8 sum;
        if (Vector512.IsHardwareAccelerated)
        {
            var wide = F16.Of(0);
            for (; i <= count - 16; i += 16) wide = term.Add(wide, i);
            sum = new F8(wide.Value.GetLower() + wide.Value.GetUpper());
        }
        else
        {
            F8 low = F8.Of(0), high = F8.Of(0);
            for (; i <= count - 16; i += 16) (low, high) = (term.Add(low, i), term.Add(high, i + 8));
            sum = low + high;
        }
        if (i <= count - 8)
        {
            sum = term.Add(sum, i);
            i += 8;
        }
        var four = sum.Value.GetLower() + sum.Value.GetUpper();
        four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        var total = F1.Of(four[0] + four[1]);
        for (; i < count; i++) total = term.Add(total, i);
        return total.Value;
    }

    /// <summary>The scalar twin of <see cref="Sum"/>.</summary>
    public static float SumScalar<TTerm>(int count, TTerm term) where TTerm : struct, ITerm
    {
        Span<F1> partial = stackalloc F1[16];
        partial.Clear();
        var i = 0;
        for (; i <= count - 16; i += 16) for (var j = 0; j < 16; j++) partial[j] = term.Add(partial[j], i + j);
        for (var j = 0; j < 8; j++) partial[j] += partial[j + 8];
        if (i <= count - 8)
        {
            for (var j = 0; j < 8; j++) partial[j] = term.Add(partial[j], i + j);
            i += 8;
        }
        for (var half = 4; half > 0; half /= 2) for (var j = 0; j < half; j++) partial[j] += partial[j + half];
        for (; i < count; i++) partial[0] = term.Add(partial[0], i);
        return partial[0].Value;
    }

    /// <summary>
    /// The extreme of at least one element under a choice such as the larger of two. NaN wins if the choice says so; the sign of a zero
    /// is plus.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Extreme<TChoice>(float* x, int count) where TChoice : struct, IBinary
    {
        var i = 0;
        var best = F1.Of(*x);
        if (Vector256.IsHardwareAccelerated && count >= 8)
        {
            var eight = F8.Load(x);
            if (Vector512.IsHardwareAccelerated && count >= 16)
            {
                var wide = F16.Load(x);
                for (i = 16; i <= count - 16; i += 16) wide = TChoice.Of(wide, F16.Load(x + i));
                eight = TChoice.Of(new F8(wide.Value.GetLower()), new F8(wide.Value.GetUpper()));
            }
            for (; i <= count - 8; i += 8) eight = TChoice.Of(eight, F8.Load(x + i));
            eight = TChoice.Of(eight, new F8(Vector256.Shuffle(eight.Value, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3))));
            eight = TChoice.Of(eight, new F8(Vector256.Shuffle(eight.Value, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5))));
            best = TChoice.Of(F1.Of(eight.Value[0]), F1.Of(eight.Value[1]));
        }
        for (; i < count; i++) best = TChoice.Of(best, F1.Load(x + i));
        return best.Value + 0f;
    }
}

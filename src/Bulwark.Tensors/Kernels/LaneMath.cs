using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>
/// Transcendental functions over lanes, from fused multiply-adds alone, so that their bits do not depend on the instruction set.
/// Coefficients are the minimax ones of the Cephes library (Moshier 1989), as tabulated there.
/// </summary>
internal static class LaneMath
{
    /// <summary>eˣ: x = n ln 2 + r, eʳ by a polynomial, 2ⁿ by exponent bits. Within 2 ulp; 0 below −86.98, where 2ⁿ⁻¹ ends, ∞ above 88.72.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, ILanes<T>
    {
        var (low, high) = (T.Of(-86.98f), T.Of(88.72283f));
        var clamped = T.IfLess(x, low, low, T.IfLess(high, x, high, x));
        var magic = T.Of(12582912f);                         // 1.5 · 2²³: adding it rounds to a whole number
        var n = T.Fma(clamped, T.Of(1.44269504f), magic) - magic;
        var r = T.Fma(n, T.Of(-0.693359375f), clamped);
        r = T.Fma(n, T.Of(2.12194440e-4f), r);
        var p = T.Fma(T.Of(1.9875691500e-4f), r, T.Of(1.3981999507e-3f));
        p = T.Fma(p, r, T.Of(8.3334519073e-3f));
        p = T.Fma(p, r, T.Of(4.1665795894e-2f));
        p = T.Fma(p, r, T.Of(1.6666665459e-1f));
        p = T.Fma(p, r, T.Of(5.0000001201e-1f));
        var y = T.Fma(p, r * r, r) + T.Of(1);
        y = y * T.Power2(n - T.Of(1)) * T.Of(2);             // in two factors: n may be 128
        y = T.IfLess(high, x, T.Of(float.PositiveInfinity), y);
        y = T.IfLess(x, low, T.Of(0), y);
        return T.IfEqual(x, x, y, x);
    }

    /// <summary>ln x: −∞ at 0, NaN below. Within 2 ulp for normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x) where T : struct, ILanes<T>
    {
        var tiny = T.Of(1.17549435e-38f);
        var scaled = T.IfLess(x, tiny, x * T.Of(8388608f), x);
        var (m, e) = T.Split(scaled);
        e = T.IfLess(x, tiny, e - T.Of(23), e);
        var f = m - T.Of(1);
        var p = T.Fma(T.Of(7.0376836292e-2f), f, T.Of(-1.1514610310e-1f));
        p = T.Fma(p, f, T.Of(1.1676998740e-1f));
        p = T.Fma(p, f, T.Of(-1.2420140846e-1f));
        p = T.Fma(p, f, T.Of(1.4249322787e-1f));
        p = T.Fma(p, f, T.Of(-1.6668057665e-1f));
        p = T.Fma(p, f, T.Of(2.0000714765e-1f));
        p = T.Fma(p, f, T.Of(-2.4999993993e-1f));
        p = T.Fma(p, f, T.Of(3.3333331174e-1f));
        var square = f * f;
        var y = T.Fma(p, f * square, e * T.Of(-2.12194440e-4f));
        y = T.Fma(square, T.Of(-0.5f), y) + f;
        y = T.Fma(e, T.Of(0.693359375f), y);
        var infinity = T.Of(float.PositiveInfinity);
        y = T.IfEqual(x, infinity, infinity, y);
        y = T.IfEqual(x, T.Of(0), -infinity, y);
        y = T.IfLess(x, T.Of(0), T.Of(float.NaN), y);
        return T.IfEqual(x, x, y, x);
    }

    /// <summary>ln(1 + u) for u ≥ 0, without losing small u: ln w · u / (w − 1), w = 1 + u (Kahan).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1P<T>(T u) where T : struct, ILanes<T>
    {
        var w = u + T.Of(1);
        var excess = w - T.Of(1);
        var safe = T.IfEqual(excess, T.Of(0), T.Of(1), excess);
        return T.IfEqual(excess, T.Of(0), u, Log(w) * (u / safe));
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x) where T : struct, ILanes<T> => T.Of(1) / (T.Of(1) + Exp(-x));

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x) where T : struct, ILanes<T> => Max(x, T.Of(0)) + Log1P(Exp(-T.Abs(x)));

    /// <summary>tanh x: a polynomial below .625, else 1 − 2 / (e^2|x| + 1) with x's sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : struct, ILanes<T>
    {
        var (size, square) = (T.Abs(x), x * x);
        var p = T.Fma(T.Of(-5.70498872745e-3f), square, T.Of(2.06390887954e-2f));
        p = T.Fma(p, square, T.Of(-5.37397155531e-2f));
        p = T.Fma(p, square, T.Of(1.33314422036e-1f));
        p = T.Fma(p, square, T.Of(-3.33332819422e-1f));
        var small = T.Fma(p * square, x, x);
        var large = T.Of(1) - T.Of(2) / (Exp(size + size) + T.Of(1));
        return T.IfLess(size, T.Of(0.625f), small, T.IfLess(x, T.Of(0), -large, large));
    }

    /// <summary>Φ(x) = ½(1 + erf(x/√2)), with e^(−x²/2) shared (Abramowitz and Stegun 7.1.26; absolute error below 1e-7).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Cumulative, T Exponential) Normal<T>(T x) where T : struct, ILanes<T>
    {
        var bell = Exp(x * x * T.Of(-0.5f));
        var t = T.Of(1) / T.Fma(T.Abs(x), T.Of(0.3275911f * 0.70710678f), T.Of(1));
        var p = T.Fma(T.Of(1.061405429f), t, T.Of(-1.453152027f));
        p = T.Fma(p, t, T.Of(1.421413741f));
        p = T.Fma(p, t, T.Of(-0.284496736f));
        p = T.Fma(p, t, T.Of(0.254829592f));
        var tail = p * t * bell * T.Of(0.5f);                // 1 − Φ(|x|)
        return (T.IfLess(x, T.Of(0), tail, T.Of(1) - tail), bell);
    }

    /// <summary>cos 2πv for v in [0, 1): 2 sin² π(v − ½) − 1, the sine by its series to the ninth power (error below 1.5e-5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CosineOfTurns<T>(T v) where T : struct, ILanes<T>
    {
        var x = (v - T.Of(0.5f)) * T.Of(MathF.PI);
        var sine = SineSeries(x, x * x);
        return T.Fma(sine * T.Of(2), sine, T.Of(-1));
    }

    /// <summary>cos 2πv as above and sin 2πv = −2 sin x cos x, x = π(v − ½), the cosine by its series to the tenth power (errors below 1.5e-5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Cosine, T Sine) Turns<T>(T v) where T : struct, ILanes<T>
    {
        var x = (v - T.Of(0.5f)) * T.Of(MathF.PI);
        var square = x * x;
        var sine = SineSeries(x, square);
        var p = T.Fma(T.Of(-2.7557319e-7f), square, T.Of(2.4801587e-5f));
        p = T.Fma(p, square, T.Of(-1.3888889e-3f));
        p = T.Fma(p, square, T.Of(4.1666667e-2f));
        p = T.Fma(p, square, T.Of(-0.5f));
        var cosine = T.Fma(p, square, T.Of(1));
        return (T.Fma(sine * T.Of(2), sine, T.Of(-1)), sine * cosine * T.Of(-2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SineSeries<T>(T x, T square) where T : struct, ILanes<T>
    {
        var p = T.Fma(T.Of(2.7557319e-6f), square, T.Of(-1.9841270e-4f));
        p = T.Fma(p, square, T.Of(8.3333333e-3f));
        p = T.Fma(p, square, T.Of(-1.6666667e-1f));
        return T.Fma(p * square, x, x);
    }

    /// <summary>1/√x by three Newton steps on a bit guess: 1 ulp or so, and no estimate instruction. Finite (large) at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InverseSqrt<T>(T x) where T : struct, ILanes<T>
    {
        var (half, threeHalves) = (x * T.Of(-0.5f), T.Of(1.5f));
        var y = T.InverseSqrtGuess(x);
        y *= T.Fma(half * y, y, threeHalves);
        y *= T.Fma(half * y, y, threeHalves);
        return y * T.Fma(half * y, y, threeHalves);
    }

    /// <summary>The larger; NaN in x stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max<T>(T x, T y) where T : struct, ILanes<T> => T.IfLess(x, y, y, x);

    /// <summary>The smaller; NaN in x stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Min<T>(T x, T y) where T : struct, ILanes<T> => T.IfLess(y, x, y, x);
}

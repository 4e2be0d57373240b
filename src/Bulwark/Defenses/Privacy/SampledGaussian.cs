using MathNet.Numerics;

namespace Bulwark.Defenses.Privacy;

/// <summary>
/// The Rényi divergence of order α between a Gaussian and its mixture with a shifted one, which is what one noisy sum over randomly drawn users gives away:
/// D_α((1 − q) N(0, σ²) + q N(1, σ²) ‖ N(0, σ²)) = ln A_α / (α − 1) (Mironov, Talwar and Zhang 2019).
/// </summary>
internal static class SampledGaussian
{
    private const double Negligible = -25;                   // ln of a term beside A ≥ 1; signs alternate, so that the rest is no larger

    /// <summary>The divergence, for a share q in [0, 1], σ ≥ 0 and any order α above 1.</summary>
    public static double Divergence(double share, double noise, double order)
    {
        if (share == 0) return 0;
        if (noise == 0) return double.PositiveInfinity;
        if (share == 1) return order / (2 * noise * noise);
        var logA = order == Math.Floor(order) ? OfWhole(share, noise, (int)order) : OfFraction(share, noise, order);
        return Math.Max(0, logA) / (order - 1);
    }

    /// <summary>A_α = Σ_k C(α, k) (1 − q)^(α − k) q^k e^((k² − k) / 2σ²): their § 3.3.</summary>
    private static double OfWhole(double q, double sigma, int alpha)
    {
        var sum = double.NegativeInfinity;
        for (var k = 0; k <= alpha; k++)
            sum = LogAdd(sum, SpecialFunctions.BinomialLn(alpha, k) + Term(q, sigma, alpha, k));
        return sum;
    }

    /// <summary>
    /// The integral is cut at z₀ = σ² ln(1/q − 1) + ½, where both parts of the mixture are alike, and on each side the binomial of α is a series in the smaller over the
    /// larger part: Σ_i C(α, i) [T(i) ½ erfc((i − z₀) / √2σ) + T(α − i) ½ erfc((z₀ − α + i) / √2σ)].
    /// </summary>
    private static double OfFraction(double q, double sigma, double alpha)
    {
        var (cut, root) = (sigma * sigma * Math.Log(1 / q - 1) + 0.5, Math.Sqrt(2) * sigma);
        var (plus, minus) = (double.NegativeInfinity, double.NegativeInfinity);
        var (logBinomial, positive) = (0.0, true);
        for (var i = 0; ; i++)
        {
            var j = alpha - i;
            var left = logBinomial + Term(q, sigma, alpha, i) + LogHalfErfc((i - cut) / root);
            var right = logBinomial + Term(q, sigma, alpha, j) + LogHalfErfc((cut - j) / root);
            if (positive) plus = LogAdd(plus, LogAdd(left, right));
            else minus = LogAdd(minus, LogAdd(left, right));
            if (i > alpha && Math.Max(left, right) < Negligible) break;
            (logBinomial, positive) = (logBinomial + Math.Log(Math.Abs(j) / (i + 1)), positive == j > 0);
        }
        return plus + Math.Log(1 - Math.Exp(minus - plus));
    }

    /// <summary>ln T(k) = ln (1 − q)^(α − k) q^k E_{N(0, σ²)} e^(k (2z − 1) / 2σ²).</summary>
    private static double Term(double q, double sigma, double alpha, double k) =>
        (alpha - k) * Math.Log(1 - q) + k * Math.Log(q) + (k * k - k) / (2 * sigma * sigma);

    private static double LogAdd(double x, double y)
    {
        var (large, small) = (Math.Max(x, y), Math.Min(x, y));
        return double.IsNegativeInfinity(small) ? large : large + Math.Log(1 + Math.Exp(small - large));
    }

    /// <summary>ln ½ erfc(x); far out erfc(x) ≈ e^(−x²) / (x √π) · (1 − 1/2x² + 3/4x⁴ − 15/8x⁶).</summary>
    private static double LogHalfErfc(double x)
    {
        if (x < 10) return Math.Log(SpecialFunctions.Erfc(x) / 2);
        var y = 1 / (x * x);
        return -x * x - Math.Log(2 * x * Math.Sqrt(Math.PI)) + Math.Log(1 - y / 2 + 3 * y * y / 4 - 15 * y * y * y / 8);
    }
}

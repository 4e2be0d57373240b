using MathNet.Numerics.Distributions;

namespace Bulwark.Defenses.Certificates;

/// <summary>
/// Exact one-sided bounds of a probability after k successes in n independent tries (Clopper and Pearson 1934): each is wrong with a probability of at most
/// α, whatever the truth. They solve P(X ≥ k | p) = α and P(X ≤ k | p) = α, and are quantiles of Beta distributions.
/// </summary>
public static class ClopperPearson
{
    /// <summary>The largest p that k or more successes would still surprise at α: quantile α of Beta(k, n − k + 1); 0 for k = 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not among 0 … n, or α not between 0 and 1.</exception>
    public static double Lower(int k, int n, double alpha)
    {
        Check(k, n, alpha);
        return k == 0 ? 0 : Beta.InvCDF(k, n - k + 1, alpha);
    }

    /// <summary>The smallest p that k or fewer successes would surprise at α: quantile 1 − α of Beta(k + 1, n − k); 1 for k = n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not among 0 … n, or α not between 0 and 1.</exception>
    public static double Upper(int k, int n, double alpha)
    {
        Check(k, n, alpha);
        return 1 - Lower(n - k, n, alpha);                   // the failures' bound: 1 − α loses the digits that α has
    }

    private static void Check(int k, int n, double alpha)
    {
        if (n < 1 || k < 0 || k > n) throw new ArgumentOutOfRangeException(nameof(k), k, $"Successes are counted from 0 to the number of tries, {n}, at least 1.");
        if (!(alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α lies between 0 and 1.");
    }
}

using MathNet.Numerics;

namespace Bulwark.Server.Monitoring;

/// <summary>Binomial probabilities.</summary>
internal static class Binomial
{
    /// <summary>P(X ≥ k) = I_p(k, n − k + 1) for X of n trials.</summary>
    public static double AtLeast(int k, int n, double p) => k <= 0 ? 1 : k > n || p <= 0 ? 0 : p >= 1 ? 1 : SpecialFunctions.BetaRegularized(k, n - k + 1, p);
}

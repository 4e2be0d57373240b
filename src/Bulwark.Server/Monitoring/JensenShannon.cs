namespace Bulwark.Server.Monitoring;

/// <summary>
/// The Jensen–Shannon divergence of two distributions, in bits (Lin 1991): ½ Σ p log₂(p / m) + ½ Σ q log₂(q / m), m = (p + q) / 2. From 0 to 1.
/// Of two samples it is above 0 by chance alone, about (k − 1) (1/n + 1/m) / (8 ln 2) for k values, so it means little without its noise.
/// </summary>
public static class JensenShannon
{
    /// <summary>Between two lists of counts of the same values.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, or one holds nothing.</exception>
    public static double Divergence(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"There are counts of {a.Length} and of {b.Length} values; count the same values.", nameof(b));
        long n = 0, m = 0;
        foreach (var count in a) n += count;
        foreach (var count in b) m += count;
        if (n == 0 || m == 0) throw new ArgumentException("A divergence of distributions needs at least one value of each.");
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += Term((double)a[i] / n, (double)b[i] / m);
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>What one value adds.</summary>
    internal static double Term(double p, double q) =>
        ((p > 0 ? p * Math.Log2(2 * p / (p + q)) : 0) + (q > 0 ? q * Math.Log2(2 * q / (p + q)) : 0)) / 2;
}

namespace Bulwark.Generative.Behavior;

/// <summary>The Kolmogorov–Smirnov distance of two samples: sup |F(x) − G(x)|, F and G the shares of values up to x. From 0 to 1.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Between two samples of at least one value each.</summary>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public static double Distance(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        if (a.Count == 0 || b.Count == 0) throw new ArgumentException("A distance of distributions needs at least one value of each.");
        double[] x = [.. a.Order()], y = [.. b.Order()];
        var (largest, i, j) = (0.0, 0, 0);
        while (i < x.Length && j < y.Length)
        {
            var at = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] == at) i++;
            while (j < y.Length && y[j] == at) j++;
            largest = Math.Max(largest, Math.Abs((double)i / x.Length - (double)j / y.Length));
        }
        return largest;
    }
}

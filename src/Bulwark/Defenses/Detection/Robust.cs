namespace Bulwark.Defenses.Detection;

/// <summary>Location and scale that a minority of outliers cannot move.</summary>
internal static class Robust
{
    private const double ToDeviation = 1.4826;               // of the median distance, for normal values

    /// <summary>The lower median of finite values; NaN without any.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(sorted.Length - 1) / 2];
    }

    /// <summary>The median, and 1.4826 × the median distance from it.</summary>
    public static (double Median, double Deviation) Spread(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        var median = Median(finite);
        return (median, ToDeviation * Median(finite.Select(value => Math.Abs(value - median))));
    }

    /// <summary>Values as deviations from their median; 0 where they do not vary.</summary>
    public static double[] Standardized(double[] values)
    {
        var (median, deviation) = Spread(values);
        return [.. values.Select(value => deviation > 0 ? (value - median) / deviation : double.IsNaN(value) ? double.NaN : 0)];
    }
}

using Bulwark.Evaluation;

namespace Bulwark.Server.Monitoring;

/// <summary>What a statistic is by chance alone.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation.</param>
internal readonly record struct Noise(double Mean, double Deviation)
{
    /// <summary>Of values that chance gave.</summary>
    public static Noise Of(ReadOnlySpan<double> values)
    {
        var spread = Spread.Of(values);
        return new(spread.Mean, Math.Max(spread.Deviation, 1e-6));
    }

    /// <summary>How many deviations a value lies above the mean.</summary>
    public double Standardize(double value) => (value - Mean) / Deviation;
}

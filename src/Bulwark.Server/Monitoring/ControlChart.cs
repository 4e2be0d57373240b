using Bulwark.Defenses.Detection;

namespace Bulwark.Server.Monitoring;

/// <summary>
/// What earlier windows say is usual (Shewhart 1931), by median and median distance, so that the window of an attack does not widen the band for the next.
/// </summary>
/// <param name="history">How many windows are remembered.</param>
internal sealed class ControlChart(int history)
{
    /// <summary>With fewer earlier windows nothing is judged.</summary>
    public const int Fewest = 8;

    /// <summary>Deviations from the median to the bound.</summary>
    public const double Width = 3;

    private readonly Queue<double> _earlier = [];

    /// <summary>Judges a value by those remembered.</summary>
    /// <param name="value">The value.</param>
    /// <param name="noise">The deviation that chance alone gives a window; the band is not narrower.</param>
    /// <param name="side">1 where much is bad, −1 where little is.</param>
    /// <param name="windows">How many windows the value is the mean of.</param>
    public Reading Judge(double value, double noise, int side, int windows = 1)
    {
        if (_earlier.Count < Fewest) return new(value, double.NaN, double.NaN);
        var (median, deviation) = Robust.Spread(_earlier);
        return new(value, median, median + side * Width * Math.Max(noise, deviation) / Math.Sqrt(windows));
    }

    /// <summary>Remembers a window's value.</summary>
    public void Remember(double value)
    {
        if (!double.IsFinite(value)) return;
        _earlier.Enqueue(value);
        if (_earlier.Count > history) _earlier.Dequeue();
    }
}

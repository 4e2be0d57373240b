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

    /// <summary>Judges a value by those before it, and remembers it.</summary>
    /// <param name="value">The window's.</param>
    /// <param name="noise">The deviation that chance alone gives; the band is not narrower.</param>
    /// <param name="side">1 where much is bad, −1 where little is.</param>
    public Reading Judge(double value, double noise, int side)
    {
        var reading = _earlier.Count < Fewest ? new(value, double.NaN, double.NaN) : Of(value, noise, side);
        Remember(value);
        return reading;
    }

    /// <summary>Remembers a value that nobody asks about.</summary>
    public void Remember(double value)
    {
        if (!double.IsFinite(value)) return;
        _earlier.Enqueue(value);
        if (_earlier.Count > history) _earlier.Dequeue();
    }

    private Reading Of(double value, double noise, int side)
    {
        var (median, deviation) = Robust.Spread(_earlier);
        return new(value, median, median + side * Width * Math.Max(noise, deviation));
    }
}

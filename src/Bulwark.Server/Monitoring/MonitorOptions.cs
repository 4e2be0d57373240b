namespace Bulwark.Server.Monitoring;

/// <summary>How traffic is cut and judged.</summary>
public sealed record MonitorOptions
{
    /// <summary>A window ends with its n-th event; 50 to 10,000. Rings that are small beside it go unseen, and accounts are compared in pairs.</summary>
    public int WindowEvents { get; init; } = 1000;

    /// <summary>Or before the first event that comes this long after the window's first, if that is sooner.</summary>
    public TimeSpan WindowTime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many windows, the newest among them, are searched for what happens together: surges and accounts in step.</summary>
    public int Span { get; init; } = 4;

    /// <summary>How many earlier windows say what is usual; also the half-life, in windows, of what is known of an item.</summary>
    public int History { get; init; } = 20;

    /// <summary>How often, of all windows, each search of items or accounts may be wrong where nothing happens. Bands are three deviations wide.</summary>
    public double FalseAlarms { get; init; } = 0.01;

    /// <exception cref="ArgumentOutOfRangeException">A setting makes no sense; the message says which.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowEvents, 50, nameof(WindowEvents));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WindowEvents, 10_000, nameof(WindowEvents));
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowTime, TimeSpan.FromSeconds(1), nameof(WindowTime));
        ArgumentOutOfRangeException.ThrowIfLessThan(Span, 2, nameof(Span));
        ArgumentOutOfRangeException.ThrowIfLessThan(History, ControlChart.Fewest, nameof(History));
        if (FalseAlarms is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(FalseAlarms), FalseAlarms, "Give a share such as 0.01.");
    }
}

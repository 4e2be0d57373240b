using Bulwark.Defenses.Detection;

namespace Bulwark.Server.Monitoring;

/// <summary>What the monitor has seen up to a moment; it never changes.</summary>
public sealed record MonitorReport
{
    /// <summary>A report of nothing.</summary>
    public static MonitorReport Empty { get; } = new();

    /// <summary>Events so far.</summary>
    public long Events { get; init; }

    /// <summary>Those of them in the window that is not over.</summary>
    public int OpenEvents { get; init; }

    /// <summary>Accounts so far, those of training among them.</summary>
    public int Users { get; init; }

    /// <summary>Items so far, those of training among them.</summary>
    public int Items { get; init; }

    /// <summary>The newest windows, in order.</summary>
    public IReadOnlyList<MonitorWindow> Windows { get; init; } = [];

    /// <summary>The newest alarms, in order.</summary>
    public IReadOnlyList<Alarm> Alarms { get; init; } = [];

    /// <summary>Accounts to hold out of updates, by row.</summary>
    public IReadOnlyList<Suspect> Suspects { get; init; } = [];

    /// <summary>Items in surge now, the least likely first.</summary>
    public IReadOnlyList<Surge> Surges { get; init; } = [];
}

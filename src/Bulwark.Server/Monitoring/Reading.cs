namespace Bulwark.Server.Monitoring;

/// <summary>A figure of a window beside what is usual for it.</summary>
/// <param name="Value">What was measured.</param>
/// <param name="Usual">What was to be expected: by earlier windows, or by chance alone.</param>
/// <param name="Bound">Beyond it, seen from what is usual, the window is out of the ordinary; NaN while too little has been seen.</param>
public readonly record struct Reading(double Value, double Usual, double Bound)
{
    /// <summary>Where there was nothing to measure.</summary>
    public static Reading None { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Whether the value lies beyond the bound.</summary>
    public bool IsOut => Bound < Usual ? Value < Bound : Value > Bound;
}

using System.Globalization;

namespace Bulwark.Evaluation.Charts;

/// <summary>Maps data to coordinates and finds round numbers to mark (after Heckbert, "Nice numbers for graph labels", 1990).</summary>
public sealed class ChartScale
{
    private readonly bool _log;
    private readonly double _start, _end;
    private readonly int _decimals;

    private ChartScale(bool log, double min, double max, double[] ticks, int decimals, double start, double end) =>
        (_log, Min, Max, Ticks, _decimals, _start, _end) = (log, min, max, ticks, decimals, start, end);

    /// <summary>The value at the start of the axis.</summary>
    public double Min { get; }

    /// <summary>The value at its end.</summary>
    public double Max { get; }

    /// <summary>The values to mark, ascending.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>A linear scale with ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="start">The coordinate of the axis's start.</param>
    /// <param name="end">The coordinate of its end; less than <paramref name="start"/> for an axis that goes up.</param>
    /// <param name="round">Whether the axis is lengthened to end on ticks.</param>
    /// <param name="intervals">About how many intervals to mark.</param>
    public static ChartScale Linear(double min, double max, double start, double end, bool round = true, int intervals = 5)
    {
        if (!(max > min)) (min, max) = min == 0 || !double.IsFinite(min) ? (0, 1) : (min - Math.Abs(min) * 0.1, min + Math.Abs(min) * 0.1);
        var exact = (max - min) / intervals;
        var power = Math.Pow(10, Math.Floor(Math.Log10(exact)));
        var step = power * (exact / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
        var slack = 1e-9;                                                   // of a step, against rounding
        var first = (long)(round ? Math.Floor(min / step + slack) : Math.Ceiling(min / step - slack));
        var last = (long)(round ? Math.Ceiling(max / step - slack) : Math.Floor(max / step + slack));
        var ticks = new double[last - first + 1];
        for (var i = 0; i < ticks.Length; i++) ticks[i] = Math.Round((first + i) * step, decimals);
        return round ? new(false, ticks[0], ticks[^1], ticks, decimals, start, end) : new(false, min, max, ticks, decimals, start, end);
    }

    /// <summary>A logarithmic scale with ticks at powers of ten, and at 2 and 5 times them when there are few powers.</summary>
    /// <param name="min">The least value, above 0.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="start">The coordinate of the axis's start.</param>
    /// <param name="end">The coordinate of its end.</param>
    public static ChartScale Log(double min, double max, double start, double end)
    {
        if (!(min > 0)) throw new ArgumentOutOfRangeException(nameof(min), min, "A logarithmic axis starts above 0. Use a linear one.");
        if (!(max > min)) (min, max) = (min / 2, min * 2);
        double[] factors = Math.Log10(max / min) <= 2.5 ? [1, 2, 5] : [1];
        var marks = new List<double>();
        for (var power = (int)Math.Floor(Math.Log10(min)); power <= (int)Math.Ceiling(Math.Log10(max)); power++)
            foreach (var factor in factors) marks.Add(double.Parse($"{factor}e{power}", CultureInfo.InvariantCulture));
        var first = marks.FindLastIndex(mark => mark <= min * (1 + 1e-9));
        var last = marks.FindIndex(mark => mark >= max * (1 - 1e-9));
        double[] ticks = [.. marks[first..(last + 1)]];
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(ticks[0]) + 1e-9), 0, 15);
        return new(true, ticks[0], ticks[^1], ticks, decimals, start, end);
    }

    /// <summary>The coordinate of a value.</summary>
    public double Map(double value) => _start + (_end - _start) * (Transform(value) - Transform(Min)) / (Transform(Max) - Transform(Min));

    /// <summary>A tick in text: 0.02, 1.5k, 2M.</summary>
    public string Label(double tick)
    {
        var (divisor, suffix) = Math.Max(Math.Abs(Min), Math.Abs(Max)) switch { >= 1e7 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1.0, "") };
        if (tick == 0) return "0";
        if (_log || divisor > 1) return (tick / divisor).ToString("0.######", CultureInfo.InvariantCulture) + suffix;
        return tick.ToString("F" + _decimals, CultureInfo.InvariantCulture);
    }

    private double Transform(double value) => _log ? Math.Log(value) : value;
}

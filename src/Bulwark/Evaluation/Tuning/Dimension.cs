using System.Globalization;

namespace Bulwark.Evaluation.Tuning;

/// <summary>
/// A named dimension of a search space. Searches see it as the interval [0, 1], on which all values are equally likely at first: a logarithmic one is
/// even in ln, and each whole number or choice has a stretch of its own.
/// </summary>
public sealed record Dimension
{
    private readonly double _from, _to;                      // g(low), g(high), a half further out where values are whole; g is ln or the identity

    private Dimension(string name, double low, double high, bool whole, bool log, IReadOnlyList<string> choices)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !(whole ? low <= high : low < high))
            throw new ArgumentException(Invariant($"{name}: the range {low}..{high} holds nothing to choose; put the lower bound first."));
        if (log && !(low > 0)) throw new ArgumentException(Invariant($"{name}: a logarithmic range starts above 0, not at {low}."));
        (Name, Low, High, IsWhole, IsLog, Choices) = (name, low, high, whole, log, choices);
        (_from, _to) = whole ? (G(low - 0.5), G(high + 0.5)) : (G(low), G(high));
    }

    /// <summary>What is chosen.</summary>
    public string Name { get; }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The greatest value.</summary>
    public double High { get; }

    /// <summary>Whether values are whole numbers.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether the scale is logarithmic.</summary>
    public bool IsLog { get; }

    /// <summary>The words of a choice, whose value is a word's index; empty for numbers.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>How many values there are.</summary>
    public double Size => IsWhole ? High - Low + 1 : double.PositiveInfinity;

    /// <summary>A real number, to four significant digits.</summary>
    /// <exception cref="ArgumentException">The bounds are not finite and in order, or a logarithmic range does not start above 0.</exception>
    public static Dimension Real(string name, double low, double high, bool log = false) => new(name, low, high, whole: false, log, []);

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentException">The bounds are not in order, or a logarithmic range does not start above 0.</exception>
    public static Dimension Whole(string name, int low, int high, bool log = false) => new(name, low, high, whole: true, log, []);

    /// <summary>One of some words, which have no order.</summary>
    /// <exception cref="ArgumentException">There is none, or one is there twice.</exception>
    public static Dimension Choice(string name, params IReadOnlyList<string> words) => words.Distinct().Count() == words.Count
        ? new(name, 0, words.Count - 1, whole: true, log: false, words) : throw new ArgumentException($"{name}: a choice is there twice; keep one.");

    /// <summary>The value at a place in [0, 1].</summary>
    public double At(double unit)
    {
        var g = _from + unit * (_to - _from);
        var value = IsLog ? Math.Exp(g) : g;
        return Math.Clamp(IsWhole ? Math.Round(value) : FourDigits(value), Low, High) + 0.0;                 // −0 becomes 0
    }

    /// <summary>The place of a value.</summary>
    public double Unit(double value) => (G(value) - _from) / (_to - _from);

    /// <summary>A value as text: a choice's word, or a number with all its digits.</summary>
    public string Text(double value) => Choices.Count > 0 ? Choices[(int)value] : ReportNumber.Exact(value);

    /// <summary>Reads what <see cref="Text"/> wrote; NaN for anything else.</summary>
    public double Read(string text)
    {
        if (Choices.Count > 0) return Choices.Contains(text) ? Choices.Index().First(choice => choice.Item == text).Index : double.NaN;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= Low && value <= High ? value : double.NaN;
    }

    private static double FourDigits(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private double G(double value) => IsLog ? Math.Log(value) : value;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

using System.Globalization;
using Bulwark.Evaluation.Tuning;

namespace Bulwark.Cli.Settings;

/// <summary>A setting that can be tuned.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Range">Its usual range: <c>8..256</c>, <c>yes|no</c>, or <c>×10</c> for a tenth to ten times what is set.</param>
/// <param name="Log">Whether its scale is logarithmic.</param>
internal sealed record Tunable(Setting Setting, string Range, bool Log = false)
{
    private const string Between = "..";

    /// <summary>Whether it is tuned only where it is named.</summary>
    public bool OnlyNamed { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Tunable> All { get; } =
    [
        new(Known.Dimension, "8..256", Log: true),
        new(Known.Biases, "yes|no"),
        new(Known.Dropout, "0..0.7"),
        new(Known.Neighbors, "5..1000", Log: true),
        new(Known.Length, "10..100", Log: true) { OnlyNamed = true },
        new(Known.Ridge, "×100", Log: true),
        new(Known.Shrinkage, "0..200"),
        new(Known.Similarity, "cosine|adjusted-cosine|pearson") { OnlyNamed = true },
        new(Known.Asymmetry, "0..1") { OnlyNamed = true },
        new(Known.Weighting, "none|tf-idf|bm25") { OnlyNamed = true },
        new(Known.Iterations, "4..32", Log: true) { OnlyNamed = true },
        new(Known.Layers, "1..4") { OnlyNamed = true },
        new(Known.Blocks, "1..3") { OnlyNamed = true },
        new(Known.Heads, "1|2|4") { OnlyNamed = true },
        new(Known.UnseenWeight, "0.01..1", Log: true),
        new(Known.Alpha, "0.1..2"),
        new(Known.Beta, "0..1"),
        new(Known.Rate, "×10", Log: true),
        new(Known.Batch, "128..4096", Log: true) { OnlyNamed = true },
        new(Known.Optimizer, "adagrad|adam") { OnlyNamed = true },
        new(Known.Negatives, "uniform|popularity"),
        new(Known.NegativesPerClick, "1..8"),
        new(Known.Candidates, "1..32", Log: true) { OnlyNamed = true },
        new(Known.Drawn, "64..1024", Log: true) { OnlyNamed = true },
        new(Known.Margin, "0..0.95") { OnlyNamed = true },
        new(Known.DrawnWeight, "1..1000", Log: true) { OnlyNamed = true },
        new(Known.Propensity, "0..1") { OnlyNamed = true },
        new(Known.Correlation, "0..3") { OnlyNamed = true },
        new(Known.Cosine, "constant|cosine") { OnlyNamed = true },
        new(Known.WarmUp, "0..0.3") { OnlyNamed = true },
        new(Known.L1, "0.0000001..0.001", Log: true) { OnlyNamed = true },
        new(Known.L2, "0.000001..0.1", Log: true),
        new(Known.Clip, "0.1..100", Log: true) { OnlyNamed = true },
    ];

    /// <summary>The last part of the key, by which <c>--tune</c> may call it.</summary>
    public string Name => Setting.Key.Split('.')[^1];

    /// <summary>A list such as <c>rate=0.001..0.1,dimension=16|32|64,dropout</c>; a name alone has its usual range. Null for <c>auto</c>.</summary>
    /// <exception cref="UsageException">A name is unknown or there twice, or a range is none.</exception>
    public static Tuned[]? Parse(string text)
    {
        if (text == "auto") return null;
        Tuned[] tuned = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(One)];
        return tuned.CountBy(entry => entry.Of.Name).FirstOrDefault(entry => entry.Value > 1).Key is { } twice
            ? throw new UsageException($"--tune names '{twice}' twice; keep one.") : tuned;
    }

    private static Tuned One(string text)
    {
        var (name, range) = text.IndexOf('=') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
        var tunable = All.FirstOrDefault(tunable => tunable.Name == name || tunable.Setting.Key == name)
            ?? throw new UsageException(Suggest.Unknown("setting to tune", name, All.Select(tunable => tunable.Name)));
        return new(tunable, range is null ? null : tunable.Over(range));
    }

    /// <summary>The dimension over the usual range.</summary>
    public Dimension Usual(Resolved settings)
    {
        if (Range is not ['×', .. var times]) return Over(Range);
        var (now, factor) = (double.Parse(settings.Origin(Setting).Value, CultureInfo.InvariantCulture), double.Parse(times, CultureInfo.InvariantCulture));
        return now > 0 ? Dimension.Real(Setting.Key, Rounded(now / factor), Rounded(now * factor), Log)
            : throw new UsageException($"{Setting.Key} is 0 and has no usual range around it; give one with --tune {Name}=from..to.");

        static double Rounded(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The dimension over a range <c>from..to</c> or over choices <c>a|b|c</c>.</summary>
    private Dimension Over(string range)
    {
        try
        {
            if (range.Contains('|'))
            {
                var words = range.Split('|', StringSplitOptions.TrimEntries);
                foreach (var word in words) Setting.Check(word);
                return Dimension.Choice(Setting.Key, words);
            }
            if (Setting is not (Setting<int> or Setting<double>)) throw new FormatException("choices such as " + Range);
            if (range.Split(Between) is not [var from, var to]) throw new FormatException("a range such as 1..10 or choices such as 1|2|4");
            return Setting is Setting<int> whole ? Dimension.Whole(Setting.Key, whole.Parse(from), whole.Parse(to), Log)
                : Dimension.Real(Setting.Key, ((Setting<double>)Setting).Parse(from), ((Setting<double>)Setting).Parse(to), Log);
        }
        catch (FormatException needs)
        {
            throw new UsageException($"{Setting.Key} needs {needs.Message}, but --tune gives '{range}'.");
        }
    }
}

/// <summary>What <c>--tune</c> names.</summary>
/// <param name="Of">The setting.</param>
/// <param name="Dimension">Its range; null for the usual one.</param>
internal sealed record Tuned(Tunable Of, Dimension? Dimension);

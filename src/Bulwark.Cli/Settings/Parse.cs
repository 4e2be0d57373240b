using System.Globalization;
using Bulwark.Attacks.Histories;

namespace Bulwark.Cli.Settings;

/// <summary>Texts as values. Each throws a <see cref="FormatException"/> whose message completes "… needs".</summary>
internal static class Parse
{
    public static string Text(string text) => text;

    public static Func<string, int> Whole(int from, int to = int.MaxValue) => text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to
            ? value : throw new FormatException(to == int.MaxValue ? $"a whole number of at least {from}" : $"a whole number from {from} to {to}");

    public static Func<string, double> Number(double from, double to = double.MaxValue) => text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to
            ? value : throw new FormatException(to == double.MaxValue ? Invariant($"a number of at least {from}") : Invariant($"a number from {from} to {to}"));

    /// <summary>A share, as 0.2 or 20%.</summary>
    public static double Share(string text)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && (percent ? value / 100 : value) is >= 0 and <= 1 and var share ? share : throw new FormatException("a share from 0 to 1, or from 0% to 100%");
    }

    public static ulong Seed(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value : throw new FormatException("a whole number from 0 on");

    public static bool YesNo(string text) => text switch
    {
        "true" or "yes" => true,
        "false" or "no" => false,
        _ => throw new FormatException("yes or no"),
    };

    /// <summary>A comma-separated list with at least one entry and no entry twice.</summary>
    public static Func<string, T[]> List<T>(Func<string, T> entry) => text =>
    {
        var entries = text.Split(',', StringSplitOptions.TrimEntries);
        var values = entries.Select(entry).ToArray();
        return Math.Min(entries.Distinct().Count(), values.Distinct().Count()) == values.Length ? values : throw new FormatException("a list without repeats");
    };

    /// <summary>Kinds of edits, with commas; none for an empty text.</summary>
    public static EditKinds Edits(string text) => text.Length == 0 ? EditKinds.None : List(Word(
        "edit", ("insert", EditKinds.Insert), ("delete", EditKinds.Delete), ("replace", EditKinds.Replace)))(text).Aggregate((all, kind) => all | kind);

    /// <summary>One of the given words.</summary>
    public static Func<string, T> Word<T>(string kind, params (string Word, T Value)[] words) => text =>
    {
        foreach (var (word, value) in words)
            if (word == text) return value;
        throw new UsageException(Suggest.Unknown(kind, text, words.Select(word => word.Word)));
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

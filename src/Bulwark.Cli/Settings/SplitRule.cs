using System.Globalization;

namespace Bulwark.Cli.Settings;

/// <summary>How data are to be split: <c>auto</c>, <c>given</c>, <c>leave-last</c>, <c>random=80%</c>, <c>time=80%</c> or <c>time=80%+new</c>.</summary>
/// <param name="Kind">The word.</param>
/// <param name="Share">The training share, where the kind has one.</param>
/// <param name="NewItems">Whether items that training lacks stay in the test part of a split by time, to judge models that rank them.</param>
internal sealed record SplitRule(SplitKind Kind, double Share = 0.8, bool NewItems = false)
{
    private const string New = "+new";

    public static SplitRule Parse(string text)
    {
        if (text.EndsWith(New, StringComparison.Ordinal))
            return Parse(text[..^New.Length]) is { Kind: SplitKind.Time } rule ? rule with { NewItems = true } : throw new FormatException($"time before '{New}'");
        var (word, share) = text.IndexOf('=') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
        var kind = Settings.Parse.Word(
            "split", ("auto", SplitKind.Auto), ("given", SplitKind.Given), ("leave-last", SplitKind.LeaveLast), ("random", SplitKind.Random),
            ("time", SplitKind.Time))(word);
        if (share is null) return new(kind);
        if (kind is not (SplitKind.Random or SplitKind.Time)) throw new FormatException($"no share behind '{word}'");
        var number = share.EndsWith('%') ? share[..^1] : share;
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new FormatException("a training share such as random=80%");
        value /= share.EndsWith('%') ? 100 : 1;
        return value is > 0 and < 1 ? new(kind, value) : throw new FormatException("a training share above 0% and below 100%");
    }
}

/// <summary>The ways to split.</summary>
internal enum SplitKind
{
    /// <summary>The given parts, else by time, else at random.</summary>
    Auto,
    Given,
    LeaveLast,
    Random,
    Time,
}

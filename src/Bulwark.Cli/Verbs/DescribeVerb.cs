using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark data describe</c>: what a data set looks like, interactions or images.</summary>
internal static class DescribeVerb
{
    public static Verb Verb { get; } = new(
        "data describe", "What data look like: counts, density, popularity, values, times", [.. SettingsOf.DataOf, Known.Format], Run)
    {
        Positional = new("data", "Folder or file; the generated shop without one", 0, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var facts = settings.Get(Known.DataPath) is var path && LabeledImages.Are(path)
            ? LabeledImages.From(path).File.Facts : Facts(DatasetProfile.Of(LoadedData.From(settings, call.Cancel).Dataset));
        var rows = facts.Select(fact => (string[])[fact.Name, fact.Value]);
        call.Terminal.Write(new Table(["fact", "value"], [.. rows], [false, false]), settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    /// <summary>A profile as facts in words.</summary>
    public static IEnumerable<ReportFact> Facts(DatasetProfile profile)
    {
        yield return new("Name", profile.Name);
        yield return new("Format", profile.Format);
        yield return new("Users", Number(profile.Users));
        yield return new("Items", Number(profile.Items));
        yield return new("Interactions", Number(profile.Rows));
        if (profile.TestRows > 0) yield return new("Of these in the given test part", Number(profile.TestRows));
        yield return new("Density", profile.Density.ToString("P3", CultureInfo.InvariantCulture));
        yield return new("Interactions of a user", Quantiles(profile.Activity));
        yield return new("Interactions of an item", Quantiles(profile.Popularity));
        yield return new("Gini of popularity", profile.PopularityGini.ToString("F3", CultureInfo.InvariantCulture));
        if (profile.Values.Count > 0) yield return new("Values", string.Join(", ", profile.Values.Select(Bar)));
        if (profile.Kinds.Count > 0)
            yield return new("Kinds", string.Join(", ", profile.Kinds.Select(kind => $"{kind.Key.ToString().ToLowerInvariant()} × {Number(kind.Value)}")));
        if (profile is { First: { } first, Last: { } last })
            yield return new("Times", string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd} to {last:yyyy-MM-dd}"));
        if (profile.Report.Duplicates > 0) yield return new("Repeated rows left out", Number(profile.Report.Duplicates));
        if (profile.Report.Bad > 0)
            yield return new("Bad rows left out", $"{Number(profile.Report.Bad)}: {Reasons(profile.Report)}");
        yield return new("SHA-256", profile.Hash);
    }

    private static string Reasons(ReadReport report) => string.Join(", ", report.Reasons.Select(reason => $"{reason.Key} × {reason.Value}"));

    private static string Bar(ValueBar bar) => FormattableString.Invariant(bar.From == bar.To
        ? (FormattableString)$"{bar.From:G4} × {bar.Count:N0}" : $"{bar.From:G4}–{bar.To:G4} × {bar.Count:N0}");

    private static string Quantiles(CountSummary summary) => string.Create(CultureInfo.InvariantCulture,
        $"mean {summary.Mean:F1}; min {summary.Minimum}, quartiles {summary.Quarter}, {summary.Median}, {summary.ThreeQuarters}, " +
        $"99% {summary.NinetyNinth}, max {summary.Maximum}");

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

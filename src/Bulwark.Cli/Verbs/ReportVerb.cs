using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark report</c>: several runs in one report.</summary>
internal static class ReportVerb
{
    private static readonly Setting<string> Out = new("out", "report.html", "The page to write", Parse.Text, "--out");

    public static Verb Verb { get; } = new(
        "report", "Put runs into one report: runs that differ in seeds alone are pooled, others stand side by side", [Out, Known.Format], Run)
    {
        Positional = new("runs", "Folders of runs", 1, 1000),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var report = Report.Merge([.. call.Arguments.Select(RunFiles.ReadReport)]);
        var data = call.Arguments.Select(RunFiles.ReadData).DistinctBy(data => data.Sha256).ToArray();
        var profile = data is [var only] ? new DataProfileView(only.Facts, [], []) : null;
        if (Directory.Exists(settings.Get(Out))) throw new UsageException($"{settings.Get(Out)} is a folder; give a file with --out.");
        WholeFile.Write(settings.Get(Out), file => HtmlReport.Write(report, profile, file));
        Compose.Show(call.Terminal, report, settings.Get(Known.Format), null);
        call.Terminal.Error.WriteLine($"Report: {settings.Get(Out)}");
        return ExitCode.Ok;
    }
}

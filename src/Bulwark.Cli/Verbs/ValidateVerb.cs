using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark data validate</c>: the rows that cannot be used, with their lines and reasons.</summary>
internal static class ValidateVerb
{
    public static Verb Verb { get; } = new(
        "data validate", "List the rows that cannot be used; exit code 2 if there are any", [Known.DataPath, Known.DataFormat, Known.Format], Run)
    {
        Positional = new("data", "Folder or file", 1, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var report = DatasetReader.Open(settings.Get(Known.DataPath), new(settings.Get(Known.DataFormat), OnError.Quarantine), null, call.Cancel).Report;
        var rows = report.Quarantine.Select(row => (string[])[row.File, row.Line.ToString(CultureInfo.InvariantCulture), row.Reason, row.Text ?? ""]);
        if (report.Bad > 0 || settings.Get(Known.Format) != OutputFormat.Table)
            call.Terminal.Write(new Table(["file", "line", "reason", "text"], [.. rows], [false, true, false, false]), settings.Get(Known.Format));
        call.Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Get(Known.DataPath)}: {report.Lines:N0} rows, {report.Bad:N0} cannot be used, {report.Duplicates:N0} repeat an earlier one."));
        return report.Bad > 0 ? ExitCode.Data : ExitCode.Ok;
    }
}

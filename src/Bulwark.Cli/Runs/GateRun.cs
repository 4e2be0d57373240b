using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Gate;

namespace Bulwark.Cli.Runs;

/// <summary>A gate's run: the checks, their report in a folder of its own, and the exit code.</summary>
/// <param name="call">The call.</param>
/// <param name="settings">Every setting.</param>
/// <param name="model">What reports call the model.</param>
/// <param name="metric">The figure that is to be kept.</param>
internal sealed class GateRun(Call call, Resolved settings, string model, string metric)
{
    /// <summary>Judges the victim, writes the report and shows it.</summary>
    public int Run(GateVictim victim, GateOptions options, Compose compose, string data, string hash, Action<RunFolder, Report> write)
    {
        GateReport? gate = null;
        Report? report = null;
        var folder = RunFolder.Use(settings, "gate", data, $"{model}-gate", hash, folder =>
        {
            Status.Show(call.Terminal, status => gate = RobustnessGate.Run(
                victim, options, check => status.Report(new StudyProgress(options.Seed, model, check)), call.Cancel));
            report = compose.Of($"{data}: the gate for {model}", [Asked(gate!), Found(gate!)], Rows(gate!), [options.Seed]) with { Checks = gate!.Checks };
            report = report with { Warnings = [.. report.Warnings, .. Doubts(gate!)] };
            write(folder, report);
        });
        call.Terminal.Write(ReportCheck.Table(report!.Checks), settings.Get(Known.Format));
        call.Terminal.Error.WriteLine(Found(gate!));
        call.Terminal.Error.WriteLine($"Run folder: {folder}");
        return gate!.Passed ? ExitCode.Ok : ExitCode.Gate;
    }

    private string Asked(GateReport gate) => string.Create(CultureInfo.InvariantCulture, $"The {metric} of {model}, trained in {call.Arguments[0]}, may fall by ") +
        string.Create(CultureInfo.InvariantCulture, $"{gate.MostLost:P1} under {Claim} at ε {settings.Origin(Known.GateEpsilon).Value}.");

    private string Found(GateReport gate)
    {
        var failed = gate.Findings.Count(finding => finding.Verdict == GateVerdict.Fail);
        return string.Create(CultureInfo.InvariantCulture,
            $"{metric} is {gate.Clean:F4} clean and {gate.Attacked:F4} attacked: {gate.Lost:P1} lost of at most {gate.MostLost:P1}, {failed} checks failed. ") +
            (gate.Passed ? "The gate is open." : "The gate is shut.");
    }

    private string Claim => settings.Get(Known.GateAttack).Name;

    private static IEnumerable<string> Doubts(GateReport gate)
    {
        if (!gate.IsRobust) yield return "More is lost than may be.";
        foreach (var check in gate.Checks.Where(check => check.Verdict == "fail")) yield return $"A check failed: {check.Check} ({check.Figure}).";
    }

    /// <summary>Clean, the curves of the claimed attack and of noise, the strongest attack that was tried, and the model without its defense.</summary>
    private IEnumerable<ReportRow> RowsOf(string name, string attack, GateCurve curve) =>
        curve.Points.Select(point => new ReportRow(name, point.Epsilon == 0 ? "none" : attack, ReportRow.AsWritten(point.Epsilon), metric, point.Figure));

    private ReportRow[] Rows(GateReport gate) =>
    [
        new(model, "none", 0, metric, gate.Clean), .. RowsOf(model, "noise", gate.Noise), .. RowsOf(model, Claim, gate.Claimed),
        new(model, "strongest tried", settings.Get(Known.GateEpsilon), metric, gate.Attacked),
        .. gate.Twin is { } twin ? RowsOf("undefended", Claim, twin) : [],
    ];
}

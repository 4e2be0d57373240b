using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Gate;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark gate</c>: whether the model of a run is as robust as it must be, and whether that figure can be believed.</summary>
internal static class GateVerb
{
    private const int Steps = 10, Pairs = 20;                // of the attack that sees losses alone

    public static Verb Verb { get; } = new("gate", "Exit with 3 unless the model of a run is robust, and every check of that figure passes",
        [
            .. Known.Data, Known.Split, Known.Quarantine, Known.Model, .. Known.ModelShape, .. Known.Sampling, .. Known.Goals, Known.Patience,
            .. Known.Gate, Known.Sample, Known.TopK, Known.Seeds, Known.Threads, Known.Format,
        ], Run)
    {
        Positional = new("run", "Folder of a run, and of a run without the defense", 1, 2),
    };

    private static int Run(Call call)
    {
        var settings = FinishedRun.SettingsOf(call);
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var attack = settings.Get(Known.GateAttack);
        var options = new GateOptions(attack.Attack, attack.Steps, (float)settings.Get(Known.GateEpsilon), settings.Get(Known.MaxLoss))
        {
            NoiseTries = settings.Get(Known.NoiseTries),
            Seed = settings.Get(Known.Seeds)[0],
        };
        var (name, victim, metric) = settings.Get(Known.Model).Classifies is null ? OfRanking(call, settings) : OfImages(call, settings);
        if (victim.Margin is null) options = options with { GradientFree = GradientAscent.Bim(Steps) with { Slope = AntitheticSlope.Spsa(Pairs) } };
        GateReport? report = null;
        Status.Show(call.Terminal, status => report = RobustnessGate.Run(
            victim, options, check => status.Report(new StudyProgress(options.Seed, name, check))));
        Show(call.Terminal, report!, metric, settings);
        return report!.Passed ? ExitCode.Ok : ExitCode.Gate;
    }

    private static (string Name, GateVictim Victim, string Metric) OfRanking(Call call, Resolved settings)
    {
        var (model, _, bench) = FinishedRun.Open(call, settings);
        var victim = Victim(model, bench, settings, call);
        return (model.Name, call.Arguments is not [_, var plain] ? victim
            : victim with { Twin = Victim(SavedModel.Load(Path.Combine(plain, "model")), bench, settings, call) }, bench.Metrics[0].Name);
    }

    /// <summary>The images' accuracy, where every pixel may move.</summary>
    private static (string Name, GateVictim Victim, string Metric) OfImages(Call call, Resolved settings)
    {
        Threading.Use(settings);
        var images = LabeledImages.From(settings);
        var inputs = images.Sample(settings.Get(Known.Sample), new Rng(settings.Get(Known.DataSeed)));
        SavedClassifier[] saved = [.. call.Arguments.Select(run => ClassifierRun.Victim(run, settings, images))];
        GateVictim[] victims = [.. saved.Select(one =>
            GateVictim.Of(one.Model, one.At, inputs, epsilon => ClassifierStudy.Within(one.Model, epsilon)))];
        return (saved[0].Name, victims is [var victim, var plain] ? victim with { Twin = plain } : victims[0], "accuracy");
    }

    /// <summary>The users' main metric, under attacks on the embedding tables.</summary>
    private static GateVictim Victim(SavedModel model, Bench bench, Resolved settings, Call call)
    {
        if (model is not { Model: { } formula, At: { } at, Kind: { Learning: { } learning, PredictsRatings: false } kind }
            || learning.Attacked(formula, bench.Making(settings, kind), new Rng(settings.Get(Known.Seeds)[0])) is not { } loss)
            throw new UsageException(
                $"{model.Kind} has no rankings that an attack on tables could change; give a run of one of " +
                $"{ModelKinds.Named(other => other is { Learning: not null, PredictsRatings: false })}.");
        var metric = bench.Metrics[0];
        var chance = settings.Get(Known.TopK).Contains(10) ? 10 : settings.Get(Known.TopK)[0];
        return new(loss, at, epsilon => Threat(formula, at, epsilon, settings), Figures, (double)chance / formula.ItemCount);

        double[] Figures(Point point) =>
            [.. bench.Task.Judge(new PointRecommender(formula, point, bench.Task.Popularity), [metric], call.Cancel).PerUser(metric.Name)];
    }

    private static Threat Threat(IModel formula, Point at, float epsilon, Resolved settings)
    {
        var tables = StudyAttack.Tables(formula, epsilon);
        return settings.Get(Known.Relative) ? tables.RelativeTo(at) : tables;
    }

    private static void Show(Terminal terminal, GateReport report, string metric, Resolved settings)
    {
        var rows = report.Findings.Select(finding => (string[])[finding.Check, Word(finding.Verdict), finding.Figure]);
        terminal.Write(new Table(["check", "verdict", "figure"], [.. rows], new bool[3]), settings.Get(Known.Format));
        var failed = report.Findings.Count(finding => finding.Verdict == GateVerdict.Fail);
        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{metric} is {report.Clean:F4} clean and {report.Attacked:F4} attacked: {report.Lost:P1} lost of at most {report.MostLost:P1}, {failed} checks failed. ") +
            (report.Passed ? "The gate is open." : "The gate is shut."));
    }

    private static string Word(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => "pass",
        GateVerdict.Fail => "fail",
        _ => "not applicable",
    };
}

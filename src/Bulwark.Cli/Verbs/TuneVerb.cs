using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Tuning;
using Bulwark.Training;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark tune</c>: settings chosen on validation, then one training with them on all training data, judged once.</summary>
internal static class TuneVerb
{
    private const int Shown = 5;                             // trials on standard output
    private static readonly Layer Defaults = Layer.Of("default of tune", Known.Patience.Key, "5");

    public static Verb Verb { get; } = new("tune", "Choose a model's settings on validation, train with them, judge it once, and save it",
        [
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model, .. SettingsOf.ModelShape,
            .. SettingsOf.Training, .. SettingsOf.Tuning, Known.TopK, Known.Seed1, Known.Threads,
            Known.Format, Known.Out, Known.Resume,
        ], Run)
    {
        Positional = new("data", "Folder or file; the generated shop without one", 0, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve(Defaults);
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var (kind, stopped) = (settings.Get(Known.Model), settings.Get(Known.Resume));
        if (stopped.Length > 0 && !File.Exists(Path.Combine(stopped, TrialFile.Name)))
            throw new UsageException($"{stopped} is not the folder of a stopped tuning; give one that holds {TrialFile.Name}.");
        Threading.Use(settings);
        var bench = Bench.From(settings, kind, call.Cancel, validate: true);
        var (tuning, compose) = (new TuningRun(settings, bench), new Compose(settings, bench));
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, $"{kind.Name}-tune", bench.Profile.Hash, folder =>
        {
            Status.Show(call.Terminal, status => report = Work(settings, bench, tuning, compose, folder, status, call.Cancel));
            RunFiles.Write(folder, bench, report!);
        });
        if (settings.Get(Known.Format) == OutputFormat.Table) Show(call.Terminal, report!);
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    private static Report Work(
        Resolved settings, Bench bench, TuningRun tuning, Compose compose, RunFolder folder, Status status, CancellationToken cancel)
    {
        var (kind, trials) = (settings.Get(Known.Model), tuning.Run(folder, status, cancel));
        var best = Tuner.Best(trials) ?? throw new TrainingException($"All {trials.Count} trials failed; give smaller learning rates with --tune rate=from..to.");
        var chosen = tuning.SettingsOf(best);
        var (model, curve) = TrainVerb.Train(chosen, bench.WithoutValidation(), folder, status, cancel);
        model.Save(folder["model"], chosen);
        RunFiles.WriteRecommendations(folder, model, settings.Get(Known.TopK).Max(), cancel);
        folder.Write("config.json", ConfigFile.Text(chosen));                                          // what bulwark train -c needs to train the same
        var report = tuning.Report(trials);
        var rows = TrainVerb.Judge(model, bench, cancel).Rows.Concat(kind.PredictsRatings ? [] : bench.Clean("popularity", bench.Task.Popularity, cancel));
        return compose.Of($"{bench.Data.Dataset.Name}: {kind.Name} tuned", Summary(kind, bench, report, best), [.. rows], [settings.Get(Known.Seed1)]) with
        {
            Settings = Compose.Origins(chosen),
            LowerIsBetter = bench.LowerIsBetter,
            Tuning = report,
            TradeOffs = tuning.TradeOffs(trials),
            TrainingCurves = curve.Epochs.Count > 0 ? [curve] : [],
        };
    }

    private static string[] Summary(ModelKind kind, Bench bench, ReportTuning tuning, Trial best) =>
    [
        $"{tuning.Trials.Count} settings of {kind.Name} were tried on {bench.Data.Dataset.Name} ({tuning.Search}): each was trained without the rows kept for validation and judged on them.",
        $"Trial {best.Number} was best; {kind.Name} was then trained with its settings on all training data{(best.Epochs > 0 ? $" for {best.Epochs} epochs" : "")} and judged once on the test part.",
    ];

    private static void Show(Terminal terminal, Report report)
    {
        Titled("The best trials", report.Tuning!.Best(Shown));
        Titled("What mattered", report.Tuning.Importance());
        if (report.TradeOffs.Where(off => off.OnFront).ToArray() is { Length: > 0 } front)
            Titled($"On the front: {front.Length} of {report.TradeOffs.Count} trials that none beats in one goal without losing in another", ReportTradeOff.Table(front));

        void Titled(string title, Table table)
        {
            terminal.Out.WriteLine(title);
            terminal.Write(table, OutputFormat.Table);
            terminal.Out.WriteLine();
        }
    }
}

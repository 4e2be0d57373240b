using Bulwark.Attacks.Histories;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary>
/// <c>bulwark attack</c>: a run's model under attack, its tables, its shoppers' histories or its images, a model whose training data fakes have poisoned, or one
/// that reads edited texts.
/// </summary>
internal static class AttackVerb
{
    public static Verb Verb { get; } = new("attack", "Attack the model of a run, poison training data, or edit texts of items, and report what is left",
        [
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model, .. SettingsOf.ModelShape, .. SettingsOf.Training,
            .. SettingsOf.Attacking, .. SettingsOf.Poisoning, .. SettingsOf.EditingHistories, .. SettingsOf.Editing, Known.Groups,
            Known.TopK, Known.Seeds, Known.Threads, Known.Format, Known.Out,
            Known.Resume with { Flag = null },
        ], Run)
    {
        Positional = new("run", "Folder of a run; with --poison or --text it may be left out", 0, 1),
    };

    private static int Run(Call call)
    {
        var settings = call.Arguments.Count > 0 ? FinishedRun.SettingsOf(call) : call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        if (settings.Get(Known.Poison) is { } poison) return PoisonRun.Run(call, settings, poison);
        if (settings.Get(Known.TextColumn) is { Length: > 0 } column) return TextRun.Run(call, settings, column);
        if (call.Arguments.Count == 0) throw new UsageException("Name the folder of a run to attack, poison training data with --poison, or edit texts with --text.");
        if (settings.Get(Known.History) is not EditKinds.None and var kinds) return HistoryRun.Run(call, settings, kinds);
        if (settings.Get(Known.Model).Classifies is not null) return ClassifierRun.Attack(call, settings);
        var (model, _, bench) = FinishedRun.Open(call, settings);
        if (model.Kind.Ensemble is not null) return EnsembleAttack.Run(call, settings, model, bench);
        var analyzed = (AttackAnalysis.Wanted(settings) || settings.Get(Known.Groups).Length > 0) && bench.Ratings is null;
        if (analyzed) AttackAnalysis.Users(model, bench, settings);                             // complains before anything is attacked
        if (analyzed && AttackAnalysis.Wanted(settings) && !IsClimbed(model, settings, bench))
        {
            var chosen = AttackAnalysis.ByFakeAccounts(settings, bench);
            call.Terminal.Error.WriteLine($"{model.Kind} has no loss over tables to climb: fake accounts push '{chosen.Get(Known.Targets)}' instead.");
            return PoisonRun.Run(call, chosen, chosen.Get(Known.Poison)!);
        }
        if (model is not { Model: { } formula, At: { } at, Kind.Learning: { } learning }) throw NoTables(model.Kind);
        var making = bench.Making(settings, model.Kind);
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, $"{model.Name}-attack", bench.Profile.Hash, folder =>
        {
            var attacks = Compose.Attacks(settings, model.Kind, bench);
            var study = bench.Study(attacks, analyzed ? [RankingMetrics.F1(settings.Get(Known.TopK)[0])] : []);
            Status.Show(call.Terminal, status =>
            {
                foreach (var seed in settings.Get(Known.Seeds))
                {
                    var loss = learning.Attacked(formula, making, new Rng(seed)) ?? throw NoTables(model.Kind);
                    study.Add(new(model.Name, formula, at, loss), seed, status, call.Cancel);
                }
            });
            report = compose.Of(
                $"{bench.Data.Dataset.Name}: {model.Name} under attack",
                [
                    $"The {Compose.MovedInWords(settings)} of {model.Name}, trained in {call.Arguments[0]}, were attacked ({settings.Origin(Known.Attacks).Value}).",
                    Compose.EpsilonInWords(settings),
                ],
                study.Rows, settings.Get(Known.Seeds)) with
            {
                Norms = study.Norms,
                LowerIsBetter = bench.LowerIsBetter,
            };
            var first = settings.Get(Known.Seeds)[0];
            if (analyzed)
                report = AttackAnalysis.Add(
                    report, new(model.Name, formula, at, learning.Attacked(formula, making, new Rng(first))!), model, bench, attacks, first, settings, call.Cancel);
            RunFiles.Write(folder, bench, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        if (analyzed) Explain(call, report!, settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    /// <summary>All metrics, what the analysis found, and who pays; programs read it in results.json.</summary>
    private static void Explain(Call call, Report report, OutputFormat format)
    {
        if (format != OutputFormat.Table) return;
        call.Terminal.Out.WriteLine();
        call.Terminal.Write(ReportTable.ByMetric(report.Rows), format);
        foreach (var sentence in report.Summary.Skip(2)) call.Terminal.Out.WriteLine(sentence);
        call.Terminal.Out.WriteLine();
        call.Terminal.Write(ReportGroup.Table(report.Groups), format);
    }

    private static UsageException NoTables(ModelKind kind) => new(
        $"{kind} has no tables with a loss that an attack could make large; attack a run of one of {ModelKinds.Named(other => other.Learning is not null)}.");

    /// <summary>Whether the model has tables and a loss that an attack could make large.</summary>
    private static bool IsClimbed(SavedModel model, Resolved settings, Bench bench) =>
        model is { Model: { } formula, Kind.Learning: { } learning } && learning.Attacked(formula, bench.Making(settings, model.Kind), new Rng(0)) is not null;
}

using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark attack</c>: the model of a run under attack, a model whose training data fake accounts have poisoned, or one that reads edited texts.</summary>
internal static class AttackVerb
{
    public static Verb Verb { get; } = new("attack", "Attack the model of a run, poison training data, or edit texts of items, and report what is left",
        [
            .. Known.Data, Known.Split, Known.Quarantine, Known.Model, .. Known.ModelShape, .. Known.Training,
            .. Known.Attacking, .. Known.Poisoning, .. Known.Editing, Known.TopK, Known.Seeds, Known.Threads, Known.Format, Known.Out, Known.Resume with { Flag = null },
        ], Run)
    {
        Positional = new("run", "Folder of a run; with --poison or --text it may be left out", 0, 1),
    };

    private static int Run(Call call)
    {
        var settings = call.Arguments.Count > 0 ? FinishedRun.SettingsOf(call) : call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        if (settings.Get(Known.Poison) is { } poison) return PoisonRun.Run(call, settings, poison);
        if (settings.Get(Known.Text) is { Length: > 0 } column) return TextRun.Run(call, settings, column);
        if (call.Arguments.Count == 0) throw new UsageException("Name the folder of a run to attack, poison training data with --poison, or edit texts with --text.");
        var (model, _, bench) = FinishedRun.Open(call, settings);
        if (model is not { Model: { } formula, At: { } at, Kind: { Learning: { } learning, PredictsRatings: false } })
            throw new UsageException($"{model.Kind} has no tables that an attack on rankings could move; attack a run of bpr or neumf.");
        var making = bench.Making(settings, model.Kind);
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, $"{model.Name}-attack", bench.Profile.Hash, folder =>
        {
            var study = new Study(bench.Task, Compose.Attacks(settings), bench.Metrics);
            Status.Show(call.Terminal, status =>
            {
                foreach (var seed in settings.Get(Known.Seeds))
                {
                    var loss = learning.Attacked(formula, making, new Rng(seed))
                        ?? throw new UsageException($"{model.Kind} has no loss that an attack could make large; attack a run of bpr or neumf.");
                    study.Add(new(model.Name, formula, at, loss), seed, status, call.Cancel);
                }
            });
            report = compose.Of(
                $"{bench.Data.Dataset.Name}: {model.Name} under attack",
                [
                    $"The embedding tables of {model.Name}, trained in {call.Arguments[0]}, were attacked ({settings.Origin(Known.Attacks).Value}).",
                    Compose.EpsilonInWords(settings),
                ],
                study.Rows, settings.Get(Known.Seeds)) with
            { Norms = study.Norms };
            RunFiles.Write(folder, bench, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }
}

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
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model, .. SettingsOf.ModelShape, .. SettingsOf.Sampling, .. SettingsOf.Goals, Known.Patience,
            .. SettingsOf.Gate, Known.Sample, Known.TopK, Known.Seeds, Known.Threads, Known.Format, Known.Out,
            Known.Resume with { Flag = null },
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
        return settings.Get(Known.Model).Classifies is null ? OfRanking(call, settings, options) : OfImages(call, settings, options);
    }

    private static int OfRanking(Call call, Resolved settings, GateOptions options)
    {
        var (model, _, bench) = FinishedRun.Open(call, settings);
        var compose = new Compose(settings, bench);
        var victim = Victim(model, bench, settings, call);
        if (TwinOf(call) is { } twin) victim = victim with { Twin = Victim(SavedModel.Load(twin), bench, settings, call) };
        options = options with { GradientFree = GradientAscent.Bim(Steps) with { Slope = AntitheticSlope.Spsa(Pairs) } };
        var gate = new GateRun(call, settings, model.Name, bench.Metrics[0].Name);
        return gate.Run(victim, options, compose, bench.Data.Dataset.Name, bench.Profile.Hash, (folder, report) => RunFiles.Write(folder, bench, report));
    }

    /// <summary>The images' accuracy, where every pixel may move.</summary>
    private static int OfImages(Call call, Resolved settings, GateOptions options)
    {
        Threading.Use(settings);
        var images = LabeledImages.From(settings);
        var inputs = images.Sample(settings.Get(Known.Sample), new Rng(settings.Get(Known.DataSeed)));
        var compose = images.Composing(settings, $"{inputs.Count} test images");
        var saved = ClassifierRun.Victim(call.Arguments[0], settings, images);
        var victim = Of(saved);
        if (TwinOf(call) is { } twin) victim = victim with { Twin = Of(SavedClassifier.Load(twin)) };
        var gate = new GateRun(call, settings, saved.Name, "accuracy");
        return gate.Run(victim, options, compose, images.Name, images.Hash, (folder, report) => RunFiles.Write(folder, images, report));

        GateVictim Of(SavedClassifier one) => GateVictim.Of(one.Model, one.At, inputs, epsilon => ClassifierStudy.Within(one.Model, epsilon));
    }

    /// <summary>The folder of the model without its defense: of the second run, or beside the hardened one; null where there is none.</summary>
    private static string? TwinOf(Call call)
    {
        var beside = RunFolder.TwinOf(call.Arguments[0]);
        return call.Arguments is [_, var plain] ? Path.Combine(plain, "model") : Directory.Exists(beside) ? beside : null;
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
        return new(loss, at, epsilon => Threat(formula, at, epsilon, settings), Figures, (double)chance / formula.ItemCount)
        {
            Other = formula is IPairModel ? Compose.MarginOf(formula, bench, new Rng(settings.Get(Known.Seeds)[0]).Fork("margin")) : null,
        };

        double[] Figures(Point point) =>
            [.. bench.Task.Judge(new PointRecommender(formula, point, bench.Task.Popularity), [metric], call.Cancel).PerUser(metric.Name)];
    }

    private static Threat Threat(IModel formula, Point at, float epsilon, Resolved settings)
    {
        var tables = StudyAttack.Tables(formula, epsilon);
        return settings.Get(Known.Relative) ? tables.RelativeTo(at) : tables;
    }
}

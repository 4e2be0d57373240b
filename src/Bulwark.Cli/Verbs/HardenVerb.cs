using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark harden</c>: the main job.</summary>
internal static class HardenVerb
{
    public static Verb Verb { get; } = new("harden", "The main job: train, attack, harden, train as long without, compare, report",
        [
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model, .. SettingsOf.ModelShape, .. SettingsOf.Training,
            .. SettingsOf.Hardening, .. SettingsOf.Attacking, Known.Sample, Known.TopK, Known.Seeds, Known.Threads, Known.Format, Known.Out, Known.Resume,
        ], Run)
    {
        Positional = new("data", "Folder or file; the generated shop without one", 0, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var kind = settings.Get(Known.Model);
        if (kind.Classifies is null && kind.Learning is not { InSteps: true }) throw Learning.NoHardening(kind);
        DefenseKind.Check(settings);
        if (kind.Classifies is not null) return ClassifierHardening.Run(call, settings);
        Threading.Use(settings);
        var bench = Bench.From(settings, kind, call.Cancel, validate: settings.Get(Known.Defense).IsMeasured);
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, kind.Name, bench.Profile.Hash, folder =>
        {
            Status.Show(call.Terminal, status => report = Work(settings, bench, compose, folder, status, call.Cancel));
            RunFiles.Write(folder, bench, report!);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    private static Report Work(Resolved settings, Bench bench, Compose compose, RunFolder folder, Status status, CancellationToken cancel)
    {
        var (kind, seeds, names) = (settings.Get(Known.Model), settings.Get(Known.Seeds), Names(settings));
        var ranks = bench.Ratings is null;
        var floor = ranks ? bench.Clean("popularity", bench.Task.Popularity, cancel).ToArray() : [];   // also checks the cutoffs before anything is trained
        var study = bench.Study(Compose.Attacks(settings, kind, bench));
        var (curves, sampled, rounds) = (new List<ReportCurve>(), new List<ReportRow>(), new List<string>());
        foreach (var seed in seeds)
        {
            var making = bench.Making(settings, kind, status);
            var trained = kind.Learning!.Harden(
                kind.Learning.Create(making), making, Options(settings, folder, names), seed, bench.HasValidation ? bench.Validate : null, status, cancel);
            HardenedModel[] models = [.. trained.Select(model => model with { Contender = model.Contender with { Model = bench.Tested(model.Contender.Model) } })];
            foreach (var (contender, _) in models) study.Add(contender, seed, status, cancel);
            if (seed != seeds[0]) continue;
            curves.AddRange(models.Select(model => Compose.Curve(model.Contender.Name, model.Curve)));
            if (ranks) sampled.AddRange(models.SelectMany(model => bench.SampledRows(
                model.Contender.Name, new PointRecommender(model.Contender.Model, model.Contender.At, bench.Task.Popularity), cancel)));
            rounds.AddRange(RoundsInWords(models[^1].Rounds));
            Save(settings, bench, folder, models, cancel);
        }
        var oracle = ranks && bench.Data.Shop is { } shop ? bench.Clean("oracle", new OracleRecommender(shop.Oracle), cancel) : [];
        var title = $"{bench.Data.Dataset.Name}: {names.Plain} hardened";
        var main = bench.MainMetric;
        return compose.Of(title, [.. Summary(settings, bench, names), .. rounds], [.. study.Rows, .. sampled, .. floor, .. oracle], seeds) with
        {
            Baseline = names.Plain,
            LowerIsBetter = bench.LowerIsBetter,
            Norms = study.Norms,
            TrainingCurves = curves,
            Comparisons = [.. study.Compare(names.Hardened, names.Plain, main), .. study.Compare(names.Hardened, names.Long, main)],
        };
    }

    /// <summary>The hardened model of the first seed is what the run gives to use; the one trained as long without is what a gate holds it against.</summary>
    private static void Save(Resolved settings, Bench bench, RunFolder folder, HardenedModel[] models, CancellationToken cancel)
    {
        var kind = settings.Get(Known.Model);
        Saved(models[1].Contender).Save(folder.Twin, settings);
        var hardened = Saved(models[^1].Contender);
        hardened.Save(folder["model"], settings);
        RunFiles.WriteRecommendations(folder, hardened, settings.Get(Known.TopK).Max(), cancel);

        SavedModel Saved(Contender one) =>
            new(kind, one.Name, one.Model, one.At, bench.Split.Train, bench.Making(settings, kind).Mean) { Facts = bench.Data.Facts };
    }

    /// <summary>BPR hardened by FGSM is APR; everything else is called by what it is.</summary>
    private static (string Plain, string Long, string Hardened) Names(Resolved settings)
    {
        var (kind, known) = (settings.Get(Known.Model), settings.Get(Known.Defense) == DefenseKind.All[0] && settings.Get(Known.HardenAttack) is null);
        return kind == ModelKinds.Bpr && known ? ("bpr", "bpr-long", "apr") : (kind.Name, $"{kind.Name}-long", $"{kind.Name}-hardened");
    }

    /// <summary>What the settings say of the three trainings.</summary>
    public static HardeningOptions Options(Resolved settings, RunFolder folder, (string, string, string) names) => new()
    {
        Epochs = settings.Get(Known.Epochs),
        HardenEpochs = settings.Get(Known.HardenEpochs),
        Batch = settings.Get(Known.Batch),
        Negatives = settings.Get(Known.Negatives),
        Epsilon = (float)settings.Get(Known.HardenEpsilon),
        Relative = settings.Get(Known.Relative),
        Weight = (float)settings.Get(Known.HardenWeight),
        Attack = settings.Get(Known.HardenAttack) ?? GradientAscent.Fgsm,
        Moved = Compose.Moved(settings, settings.Get(Known.Model)),
        Training = TrainingJob.OptionsOf(settings, folder.Checkpoint, settings.Get(Known.Model).PredictsRatings),
        Names = names,
    };

    /// <summary>The defense in words, with its attack where one was chosen.</summary>
    public static string Defense(Resolved settings)
    {
        var kind = settings.Get(Known.Defense);
        var name = kind == DefenseKind.All[0] ? "adversarial training" : $"the defense {kind.Name}";
        return settings.Get(Known.HardenAttack) is null ? name : $"{name} on {settings.Origin(Known.HardenAttack).Value}";
    }

    /// <summary>What rounds of training and attack came to, on validation data.</summary>
    public static IEnumerable<string> RoundsInWords(IReadOnlyList<HardeningRound> rounds) => rounds.Select(round => string.Create(
        CultureInfo.InvariantCulture, $"Validation after round {round.Round}: {round.Clean:F4} clean, {round.Attacked:F4} attacked, {round.Lost:P1} lost."));

    /// <summary>ε and λ, where the defense has them.</summary>
    private static string Strength(Resolved settings)
    {
        var kind = settings.Get(Known.Defense);
        string[] parts =
        [
            .. kind.HasEpsilon ? [$"ε {settings.Origin(Known.HardenEpsilon).Value}"] : (string[])[],
            .. kind.HasWeight ? [$"λ {settings.Origin(Known.HardenWeight).Value}"] : (string[])[],
        ];
        return parts.Length == 0 ? "" : $" ({string.Join(", ", parts)})";
    }

    private static string[] Summary(Resolved settings, Bench bench, (string Plain, string Long, string Hardened) names) =>
    [
        $"{names.Plain} was trained on {bench.Data.Dataset.Name} for {settings.Get(Known.Epochs)} epochs.",
        $"From there {names.Hardened} was trained for {settings.Get(Known.HardenEpochs)} more with {Defense(settings)}{Strength(settings)}, " +
            $"and {names.Long}, the control, for as many without.",
        $"All three were judged alone, under noise, and under attacks on their {Compose.MovedInWords(settings)} ({settings.Origin(Known.Attacks).Value}).",
        Compose.EpsilonInWords(settings),
    ];
}

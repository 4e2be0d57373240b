using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Runs;

/// <summary>What <c>bulwark train</c> and <c>attack</c> do with models that tell classes of images: every pixel may move by ε.</summary>
internal static class ClassifierRun
{
    private const string Control = "noise";                  // of the same size as each attack
    public const string EpsilonInWords = "Every ε is how far each pixel may move, from 0 for black to 1 for white.";

    /// <summary>What makes sense for models of interactions alone, and would be ignored.</summary>
    private static readonly Setting[] OfInteractions = [Known.Quarantine, Known.From, Known.Privacy, Known.Augment, Known.MinInteractions, Known.Split, Known.OnFeatures];

    /// <summary>One classifier, trained, judged and saved.</summary>
    public static int Train(Call call, Resolved settings)
    {
        var (kind, images) = Open(settings);
        var compose = images.Composing(settings, InWords(images.Test));
        var model = kind.OfImages(images.Train.Input, images.Classes);
        Report? report = null;
        var folder = RunFolder.Use(settings, "train", images.Name, kind.Name, images.Hash, folder =>
        {
            var ((learn, held), rng) = (Parts(settings, images), new Rng(settings.Get(Known.Seed1)));
            Stage<InputBatch> stage = new(kind.Name, settings.Get(Known.Epochs), Objective(model));
            var (batches, options) = (Batches(settings, learn, rng), TrainingJob.OptionsOf(settings, $"{folder.Checkpoint}.safetensors"));
            var trainer = new Trainer<InputBatch>(batches, [stage], TrainingJob.Scheduled(options, settings, stage.Epochs, batches.StepsPerEpoch));
            TrainingResult? trained = null;
            Status.Show(call.Terminal, status => trained = trainer.Run(
                model.Start(rng.Fork("start")), rng, Validation(model, held), status.Of(kind.Name), call.Cancel));
            new SavedClassifier(kind, kind.Name, images.Train.Input, images.Classes, model, trained!.At).Save(folder["model"]);
            report = compose.Of(
                $"{images.Name}: {kind.Name}", [$"{kind.Name} was trained on {images.Name} for {trained.Curve.Count} epochs."],
                [new(kind.Name, "none", 0, "accuracy", Accuracy.Of(model, trained.At, images.Test))], [settings.Get(Known.Seed1)]) with
            {
                TrainingCurves = [Compose.Curve(kind.Name, trained.Curve)],
            };
            RunFiles.Write(folder, images, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    /// <summary>The classifier of a run under attack: what is left at each ε, and the ε that halves it.</summary>
    public static int Attack(Call call, Resolved settings)
    {
        Threading.Use(settings);
        var images = LabeledImages.From(settings);
        var victim = Victim(call.Arguments[0], settings, images);
        var (seeds, inputs, study) = Attacks(settings, images);
        var compose = images.Composing(settings, InWords(inputs));
        Report? report = null;
        var folder = RunFolder.Use(settings, "attack", images.Name, $"{victim.Name}-attack", images.Hash, folder =>
        {
            Status.Show(call.Terminal, status =>
            {
                foreach (var seed in seeds) study.Add(victim.Name, victim.Model, victim.At, seed, status, call.Cancel);
                var strongest = Strongest(settings, study, images);
                report = compose.Of(
                    $"{images.Name}: {victim.Name} under attack",
                    [
                        $"{InWords(inputs)} were moved for {victim.Name} of {call.Arguments[0]} ({settings.Origin(Known.Attacks).Value}).", EpsilonInWords,
                        .. strongest is null ? [] : (string[])[Halving(settings, study, victim, strongest.Name)],
                    ],
                    study.Rows, seeds);
                if (strongest is not null && AttackAnalysis.Wanted(settings)) report = ClassifierReview.Add(report, victim, strongest, inputs, settings);
            });
            RunFiles.Write(folder, images, report!);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        ShowMeasured(call.Terminal, report!.Rows, settings.Get(Known.Format));
        foreach (var sentence in report.Summary.Skip(2)) call.Terminal.Error.WriteLine(sentence);
        if (report.Groups.Count == 0 || settings.Get(Known.Format) != OutputFormat.Table) return ExitCode.Ok;
        call.Terminal.Out.WriteLine();
        call.Terminal.Write(ReportGroup.Table(report.Groups), OutputFormat.Table);
        return ExitCode.Ok;
    }

    /// <summary>The classifier of a run, of which it is known that it learned from these images.</summary>
    /// <exception cref="DataException">It did not.</exception>
    public static SavedClassifier Victim(string run, Resolved settings, LabeledImages images)
    {
        var victim = SavedClassifier.Load(Path.Combine(run, "model"));
        return RunFiles.ReadData(run).Sha256 == images.Hash ? victim : throw new DataException(
            settings.Get(Known.DataPath), null, $"the images are not those of {run}", "give the same with --data or train again");
    }

    public static (ModelKind Kind, LabeledImages Images) Open(Resolved settings)
    {
        var kind = settings.Get(Known.Model);
        var ignored = OfInteractions.FirstOrDefault(setting => settings.Settings.Contains(setting) && settings.Origin(setting).Value != setting.Default);
        if (ignored is not null) throw new UsageException($"{kind} tells classes of images and does not read {ignored.Key}; leave it out.");
        Threading.Use(settings);
        return (kind, LabeledImages.From(settings));
    }

    /// <summary>What to learn from, and a tenth of the training images kept for validation where patience is set or a defense is measured.</summary>
    public static (LabeledInputs Learn, LabeledInputs? Held) Parts(Resolved settings, LabeledImages images)
    {
        if (settings.Get(Known.Patience) == 0 && !(settings.Settings.Contains(Known.Defense) && settings.Get(Known.Defense).IsMeasured)) return (images.Train, null);
        int[] all = [.. Enumerable.Range(0, images.Train.Count)];
        new Rng(settings.Get(Known.DataSeed)).Fork("validation").Shuffle<int>(all);
        var kept = Math.Max(1, all.Length / 10);
        return (images.Train.Part(all.AsSpan(kept)), images.Train.Part(all.AsSpan(0, kept)));
    }

    public static Func<Point, double>? Validation(IClassifier model, LabeledInputs? held) => held is null ? null : at => Accuracy.Of(model, at, held);

    public static InputSource Batches(Resolved settings, LabeledInputs learn, Rng rng) => new(learn, settings.Get(Known.Batch), rng.Fork("batches"));

    public static Objective<InputBatch> Objective(IClassifier model) => ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model));

    public static (ulong[] Seeds, LabeledInputs Inputs, ClassifierStudy Study) Attacks(Resolved settings, LabeledImages images)
    {
        var inputs = images.Sample(settings.Get(Known.Sample), new Rng(settings.Get(Known.DataSeed)));
        var attacks = Restarting.Of(settings).Select(kind => kind.OnInputs(images.Train)).ToList();
        if (attacks.All(attack => attack.Name != Control)) attacks.Insert(0, new(Control, SuiteAttack.CrossEntropy(Control, new Noise())));
        return (settings.Get(Known.Seeds), inputs, new(inputs, [.. attacks], settings.Get(Known.Epsilons)));
    }

    /// <summary>
    /// The strongest attack of one search within ε; a suite only where there is no other, and null where all attacks seek the shortest move or learn.
    /// </summary>
    private static InputAttack? Strongest(Resolved settings, ClassifierStudy study, LabeledImages images)
    {
        var attacks = settings.Get(Known.Attacks).Select(kind => kind.OnInputs(images.Train)).Where(attack => attack is { Reach: null, Learned: null }).ToArray();
        return attacks.Where(attack => attack.Parts.Count == 1).DefaultIfEmpty(attacks.FirstOrDefault()).MinBy(attack => study.Rows
            .Where(row => row.Attack == attack?.Name && row.Metric == study.Rows[0].Metric).Select(row => row.Value).DefaultIfEmpty(1).Average());
    }

    private static string Halving(Resolved settings, ClassifierStudy study, SavedClassifier victim, string name)
    {
        var (seed, first) = (settings.Get(Known.Seeds)[0], settings.Get(Known.Epsilons).Where(epsilon => epsilon > 0).DefaultIfEmpty(1).Min());
        return study.HalvingEpsilon(victim.Model, victim.At, name, first, seed) is { } half
            ? string.Create(CultureInfo.InvariantCulture, $"{name} halves accuracy at an ε of {half:G3}, found by doubling and halving an interval (seed {seed}).")
            : string.Create(CultureInfo.InvariantCulture, $"{name} does not halve accuracy even at an ε of {first * 16:G3} (seed {seed}).");
    }

    /// <summary>All figures of the attacks that have more than the accuracy that is left; programs read them in the long table.</summary>
    public static void ShowMeasured(Terminal terminal, IReadOnlyList<ReportRow> rows, OutputFormat format)
    {
        var measured = rows.Where(row => row.Metric != rows[0].Metric).Select(row => row.Attack).ToHashSet();
        if (format != OutputFormat.Table || measured.Count == 0) return;
        terminal.Out.WriteLine();
        terminal.Write(ReportTable.ByMetric([.. rows.Where(row => measured.Contains(row.Attack))]), format);
    }

    public static string InWords(LabeledInputs inputs) => string.Create(CultureInfo.InvariantCulture, $"{inputs.Count:N0} test images");
}

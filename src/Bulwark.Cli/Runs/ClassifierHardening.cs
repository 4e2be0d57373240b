using Bulwark.Attacks;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Runs;

/// <summary>What <c>bulwark harden</c> does with models that tell classes of images.</summary>
internal static class ClassifierHardening
{
    private const int Steps = 5;                             // of PGD
    private const float Temperature = 20;                    // of a teacher

    /// <summary>Plain, as long, and hardened while ε grows, all three under attack.</summary>
    public static int Run(Call call, Resolved settings)
    {
        var (kind, images) = ClassifierRun.Open(settings);
        var (seeds, inputs, study) = ClassifierRun.Attacks(settings, images);
        var compose = images.Composing(settings, ClassifierRun.InWords(inputs));
        var (model, names) = (kind.OfImages(images.Train.Input, images.Classes), (Plain: kind.Name, Long: $"{kind}-long", Hardened: $"{kind}-hardened"));
        var plain = ClassifierRun.Objective(model);
        Report? report = null;
        var folder = RunFolder.Use(settings, "harden", images.Name, kind.Name, images.Hash, folder =>
        {
            var (learn, held) = ClassifierRun.Parts(settings, images);
            IReadOnlyList<HardenedTraining> first = [];
            Status.Show(call.Terminal, status =>
            {
                foreach (var seed in seeds)
                {
                    var (rng, options) = (new Rng(seed), HardenVerb.Options(settings, folder, names));
                    var batches = ClassifierRun.Batches(settings, learn, rng);
                    var training = TrainingJob.Scheduled(options.Training, settings, options.Epochs + options.HardenEpochs, batches.StepsPerEpoch);
                    var plan = Plan(settings, model, options with { Training = training }, batches, held, rng);
                    plan.Demand(model.Start(rng.Fork("start")));
                    var trained = Hardening.Run(
                        model.Start, batches, plain, plan.From, options with { Training = training }, seed, ClassifierRun.Validation(model, held), status, call.Cancel);
                    foreach (var (name, at, _) in trained) study.Add(name, model, at, seed, status, call.Cancel);
                    if (seed == seeds[0]) first = trained;
                }
            });
            foreach (var (trained, to) in new[] { (first[1], folder.Twin), (first[^1], folder["model"]) })
                new SavedClassifier(kind, trained.Name, images.Train.Input, images.Classes, model, trained.At).Save(to);
            report = compose.Of($"{images.Name}: {kind} hardened", [.. Summary(), .. HardenVerb.RoundsInWords(first[^1].Rounds)], study.Rows, seeds) with
            {
                Baseline = names.Plain,
                TrainingCurves = [.. first.Select(trained => Compose.Curve(trained.Name, trained.Curve))],
            };
            RunFiles.Write(folder, images, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        ClassifierRun.ShowMeasured(call.Terminal, study.Rows, settings.Get(Known.Format));
        return ExitCode.Ok;

        string[] Summary() =>
        [
            $"{names.Plain} was trained on {images.Name} for {settings.Get(Known.Epochs)} epochs.",
            $"From there {names.Hardened} was trained for {settings.Get(Known.HardenEpochs)} more with {HardenVerb.Defense(settings)}" +
                $"{Course(settings.Get(Known.Defense), settings)}, and {names.Long}, the control, for as many without.",
            $"{ClassifierRun.InWords(inputs)} were moved for all three ({settings.Origin(Known.Attacks).Value}).", ClassifierRun.EpsilonInWords,
        ];
    }

    private static string Course(DefenseKind kind, Resolved settings) => (kind.HasEpsilon, kind.IsMeasured) switch
    {
        (false, _) => "",
        (_, true) => $" in rounds from ε {settings.Origin(Known.HardenEpsilon).Value} on",
        _ => $" while ε grew in quarters to {settings.Origin(Known.HardenEpsilon).Value}",
    };

    /// <summary>The hardened way. ε grows in four stages: from a sudden large one a net may forget everything.</summary>
    private static DefensePlan<InputBatch> Plan(
        Resolved settings, IClassifier model, HardeningOptions options, InputSource batches, LabeledInputs? held, Rng rng)
    {
        var distillation = new Distillation(Temperature);
        var hardenable = new Hardenable<InputBatch>(ClassifierObjectives.CrossEntropy(model))
        {
            Outputs = Outputs.Classes(model),
            Smoothed = share => ClassifierObjectives.CrossEntropy(model, share),
            Mixed = Mixup.CrossEntropy(model),
            Distilled = (distillation.Teacher(model), taught => distillation.Student(model, model, taught)),
        };
        var attack = settings.Get(Known.HardenAttack) ?? GradientAscent.Pgd(Steps);
        return new(settings, options.Names.Hardened, hardenable, attack, (epsilon, _) => ClassifierStudy.Within(model, epsilon))
        {
            Grows = true,
            Row = batches.Input,
            Bring = objective => ClassifierObjectives.OnInputs(model, objective),
            Measure = at => (Accuracy.Of(model, at, held!), Accuracy.Of(
                model, at, held!, Learning.Judging, ClassifierStudy.Within(model, options.Epsilon), rng.Fork("rounds"))),
            Teach = (from, stage) => new Trainer<InputBatch>(batches, [stage], options.Training with { Checkpoint = null }).Run(from, rng.Fork("teacher")).At,
        };
    }
}

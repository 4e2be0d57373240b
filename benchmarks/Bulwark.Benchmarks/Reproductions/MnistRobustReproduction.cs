using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Digits of MNIST that withstand L∞ attacks in the box (0, 1): a net of 784-128-10 at ε .1 under PGD-10, with the published steps of .01 and with larger ones,
/// and a small convolutional one at ε .3 under PGD-100 with 10 restarts; both under the suite of <see cref="SuiteAttack.Standard"/>. Each is trained
/// plainly, or, with <c>--harden</c>, on PGD moves beside the clean digits while ε grows. <c>--validate</c> trains on the first 50,000 training digits and
/// measures on the other 10,000, for choosing settings; <c>--judge n</c> measures on the first n, <c>--model</c> takes one of mlp and convolutional,
/// <c>--epochs</c>, <c>--weight</c>, <c>--steps</c> and <c>--no-suite</c> change what they name.
/// </summary>
internal static class MnistRobustReproduction
{
    private const ulong Seed = 1;
    private const int Validation = 10_000, Batch = 100;
    private const double MlpPublished = 0.892, FastSuite = 0.829;    // the published figures

    /// <param name="Name">mlp or convolutional.</param>
    /// <param name="Shape">Its layers, in words.</param>
    /// <param name="Model">The formula.</param>
    /// <param name="Epsilon">The radius that is defended.</param>
    /// <param name="Epochs">Passes over the digits.</param>
    /// <param name="Steps">Steps of the attack in training.</param>
    /// <param name="Weight">λ of the attacked loss.</param>
    /// <param name="Judged">PGD that the model is judged by; of the first there may be a published figure.</param>
    private sealed record Contest(
        string Name, string Shape, IClassifier Model, float Epsilon, int Epochs, int Steps, float Weight, params IReadOnlyList<SuiteAttack> Judged);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        Contest[] contests =
        [
            new("mlp", "784-128-10", new MlpClassifier([784, 128, 10]), 0.1f, 40, 5, 5,
                SuiteAttack.CrossEntropy("PGD-10 by .01", new GradientAscent(10, 0.1f, RandomStart: true)),
                SuiteAttack.CrossEntropy("PGD-10 by .025", GradientAscent.Pgd(10))),
            new("convolutional", "16-32 by 4 x 4, 100", new ConvolutionalClassifier((28, 28, 1), 10, ConvolutionalOptions.Small), 0.3f, 18, 5, 3,
                SuiteAttack.CrossEntropy("PGD-100 x 10", GradientAscent.Pgd(100), attempts: 10)),
        ];
        foreach (var contest in contests)
        {
            if (options.Text("model") is { } only && only != contest.Name) continue;
            Measure(options, contest with
            {
                Epochs = options.Int("epochs", contest.Epochs),
                Steps = options.Int("steps", contest.Steps),
                Weight = options.Float("weight", contest.Weight),
            });
        }
        return 0;
    }

    private static void Measure(Arguments options, Contest contest)
    {
        var (start, rng, hardened) = (Stopwatch.GetTimestamp(), new Rng(Seed), options.Has("harden"));
        var folder = DataFolder.Find(options, "mnist");
        var all = IdxReader.Read(folder, "train-");
        var learn = all.Count - Validation;
        var (part, train, judge) = options.Has("validate")
            ? ("validation", all.Part(0, learn), all.Part(learn, Validation)) : ("test", all, IdxReader.Read(folder, "t10k-"));
        judge = judge.Part(0, Math.Min(judge.Count, options.Int("judge", judge.Count)));

        var (model, shift, turn) = (contest.Model, options.Float("shift", 0), options.Float("turn", 0));
        var source = new AugmentedSource<InputBatch>(
            new InputSource(train, Batch, rng.Fork("batches")), rng.Fork("augment"), InputAugmentation.Shifted(shift, turn));
        var plain = ClassifierObjectives.CrossEntropy(model);
        IReadOnlyList<Stage<InputBatch>> stages = hardened ? Growing(contest, plain) : [new("clean", contest.Epochs, ClassifierObjectives.OnInputs(model, plain))];
        var rule = new Adam(options.Float("rate", 0.002f));
        var training = new TrainingOptions { Rule = rule, Schedule = Schedules.Cosine(contest.Epochs * source.StepsPerEpoch), Ahead = Team.Threads > 1 };
        var at = new Trainer<InputBatch>(source, stages, training).Run(model.Start(rng.Fork("start")), rng, progress: new EpochLines()).At;

        var words = $"{contest.Shape}, {rule}, cosine, batch {Batch}, {contest.Epochs} epochs" +
            (hardened ? $", clean + {contest.Weight} PGD-{contest.Steps} with ε growing to {contest.Epsilon}" : "");
        var clean = Accuracy.Of(model, at, judge);
        Print("accuracy", clean, null);
        var threat = Within(contest, contest.Epsilon);
        foreach (var judged in contest.Judged)
        {
            var robust = Suite.Run(model, at, judge, threat, [judged], rng.Fork(judged.Name)).Robust;
            Print($"accuracy, {judged.Name} ε {contest.Epsilon}", robust, contest.Name == "mlp" && judged == contest.Judged[0] ? MlpPublished : null);
        }
        if (options.Has("no-suite")) return;
        foreach (var (attack, left) in Suite.Run(model, at, judge, threat, SuiteAttack.Standard(), rng.Fork("suite")).After)
            Print($"accuracy, suite to {attack} ε {contest.Epsilon}", left, contest.Name == "mlp" ? null : FastSuite);

        void Print(string metric, double value, double? published) => new Figure(
            "mnist-robust", hardened ? $"{contest.Name}, hardened" : contest.Name, words, Seed, $"{part}, {judge.Count}", metric, value, published, Figure.Since(start)).Print();
    }

    /// <summary>Thirds of a fifth of the epochs at ε/4, ε/2 and 3ε/4, the rest at ε: from the start at ε a net may learn nothing.</summary>
    private static List<Stage<InputBatch>> Growing(Contest contest, Objective<InputBatch> plain)
    {
        var warm = Math.Max(3, contest.Epochs / 5);
        var stages = MultiStage.Of(plain, 0, warm, [contest.Epsilon / 4, contest.Epsilon / 2, contest.Epsilon * 0.75f], Defense).ToList();
        stages.Add(new($"ε {contest.Epsilon}", contest.Epochs - warm, Defense(contest.Epsilon).Harden(plain)));
        return [.. stages.Select(stage => stage with { Objective = ClassifierObjectives.OnInputs(contest.Model, stage.Objective) })];

        AdversarialTraining Defense(float epsilon) => new(GradientAscent.Pgd(contest.Steps), Within(contest, epsilon), contest.Weight);
    }

    private static Threat Within(Contest contest, float epsilon) => new(new LinfBall(epsilon), contest.Model.Inputs) { Box = (0, 1) };
}

using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Defenses.Inputs;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Digits of MNIST that withstand L∞ attacks in the box (0, 1): a net of 784-128-10 at ε .1 under PGD-10, with the published steps of .01 and with larger ones,
/// alone and behind <see cref="SoftSqueezing"/>, and a small convolutional one at ε .3 under PGD-100 with 10 restarts; all under the suite of
/// <see cref="SuiteAttack.Standard"/>. Each is trained plainly, or, with <c>--harden</c>, on PGD moves beside the clean digits while ε grows. <c>--validate</c>
/// trains on the first 50,000 training digits and measures on the other 10,000, for choosing settings; <c>--judge n</c> measures on the first n, <c>--model</c>
/// takes one of mlp, mlp-squeezed and convolutional, <c>--seed</c>, <c>--epochs</c>, <c>--rate</c>, <c>--weight</c>, <c>--steps</c>, <c>--radius</c>,
/// <c>--l1</c>, <c>--bias</c>, <c>--shift</c>, <c>--turn</c>, <c>--decay</c> and <c>--no-suite</c> change what they name; <c>--curve</c> adds other ε, and
/// <c>--strong n</c> takes the first n for curve and suite alone.
/// </summary>
internal static class MnistRobustReproduction
{
    private const int Validation = 10_000, Batch = 100;
    private const double MlpPublished = 0.892, FastSuite = 0.829;    // the published figures
    private const float Steepness = 12;                      // of the squeezing
    private const string FirstBias = "hidden.0.bias";        // of the perceptron

    /// <param name="Name">mlp or convolutional.</param>
    /// <param name="Shape">Its layers, in words.</param>
    /// <param name="Model">The formula.</param>
    /// <param name="Epsilon">The radius that is defended.</param>
    /// <param name="Epochs">Passes over the digits.</param>
    /// <param name="Steps">Steps of the attack in training; 1 is that of fast training.</param>
    /// <param name="Weight">λ of the attacked loss beside the clean one; null for the attacked loss alone.</param>
    /// <param name="Judged">PGD that the model is judged by; of the first there may be a published figure.</param>
    private sealed record Contest(
        string Name, string Shape, IClassifier Model, float Epsilon, int Epochs, int Steps, float? Weight, params IReadOnlyList<SuiteAttack> Judged)
    {
        /// <summary>How far digits are shifted and turned at random in training, in pixels and degrees.</summary>
        public (float Shift, float Turn) Augmented { get; init; }

        /// <summary>ε in training, where it is another.</summary>
        public float Radius { get; init; } = Epsilon;

        /// <summary>Adam's rate.</summary>
        public float Rate { get; init; } = 0.002f;

        /// <summary>λ of λ Σ |w|, beside the loss of one digit: how far an L∞ move shifts a unit is ε times its Σ |w|.</summary>
        public float L1 { get; init; }

        /// <summary>The first biases of the hidden units: above 0 fewer of them are lost to every digit while ε grows.</summary>
        public float Bias { get; init; }

        /// <summary>Decay of the mean of the weights over the last two fifths of the epochs; 0 for the weights themselves.</summary>
        public float Decay { get; init; }
    }

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        SuiteAttack[] ten =
        [
            SuiteAttack.CrossEntropy("PGD-10 by .01", new GradientAscent(10, 0.1f, RandomStart: true)), SuiteAttack.CrossEntropy("PGD-10 by .025", GradientAscent.Pgd(10)),
        ];
        Contest[] contests =
        [
            new("mlp", "784-128-10", new MlpClassifier([784, 128, 10]), 0.1f, 80, 1, null, ten)
            {
                Radius = 0.12f,
                Rate = 0.003f,
                L1 = 0.00003f,
                Bias = 0.5f,
                Decay = 0.9f,
            },
            new("mlp-squeezed", $"784-128-10 behind σ({Steepness} (x − ½))", new SoftSqueezing(new MlpClassifier([784, 128, 10]), Steepness), 0.1f, 16, 2, 3, ten)
            {
                Augmented = (1, 8),
                Decay = 0.9f,
            },
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
                Weight = options.Text("weight") is null ? contest.Weight : options.Float("weight", 0),
                Radius = options.Float("radius", contest.Radius),
                Rate = options.Float("rate", contest.Rate),
                L1 = options.Float("l1", contest.L1),
                Bias = options.Float("bias", contest.Bias),
                Augmented = (options.Float("shift", contest.Augmented.Shift), options.Float("turn", contest.Augmented.Turn)),
                Decay = options.Float("decay", contest.Decay),
            });
        }
        return 0;
    }

    private static void Measure(Arguments options, Contest contest)
    {
        var (start, seed, hardened) = (Stopwatch.GetTimestamp(), (ulong)options.Int("seed", 1), options.Has("harden"));
        var rng = new Rng(seed);
        var folder = DataFolder.Find(options, "mnist");
        var all = IdxReader.Read(folder, "train-");
        var learn = all.Count - Validation;
        var (part, train, judge) = options.Has("validate")
            ? ("validation", all.Part(0, learn), all.Part(learn, Validation)) : ("test", all, IdxReader.Read(folder, "t10k-"));
        judge = judge.Part(0, Math.Min(judge.Count, options.Int("judge", judge.Count)));

        var (model, (shift, turn)) = (contest.Model, contest.Augmented);
        var source = new AugmentedSource<InputBatch>(
            new InputSource(train, Batch, rng.Fork("batches")), rng.Fork("augment"), InputAugmentation.Shifted(shift, turn));
        var plain = ClassifierObjectives.CrossEntropy(model);
        IReadOnlyList<Stage<InputBatch>> stages = hardened ? Growing(contest, plain) : [new("clean", contest.Epochs, ClassifierObjectives.OnInputs(model, plain))];
        var rule = new Adam(contest.Rate);
        var training = new TrainingOptions
        {
            Rule = rule,
            L1 = contest.L1 * Batch,                         // the loss is a sum over the batch
            Schedule = Schedules.Cosine(contest.Epochs * source.StepsPerEpoch),
            Ahead = Team.Threads > 1,
            Averaging = contest.Decay > 0 ? new(contest.Epochs * 3 / 5, contest.Decay) : null,
        };
        var begin = model.Start(rng.Fork("start")).Map((variable, value) => variable.Name == FirstBias ? value + contest.Bias : value);
        var at = new Trainer<InputBatch>(source, stages, training).Run(begin, rng, progress: new EpochLines()).At;

        var words = $"{contest.Shape}, {rule}, cosine, batch {Batch}, {contest.Epochs} epochs" +
            (hardened ? $", {(contest.Weight is { } λ ? $"clean + {λ} " : "")}{Search(contest)} with ε growing to {contest.Radius}" : "") +
            (contest.L1 > 0 ? $", L1 {contest.L1}" : "") + (contest.Bias != 0 ? $", first biases {contest.Bias}" : "") +
            (shift > 0 || turn > 0 ? $", shifted by {shift} and turned by {turn}" : "") + (contest.Decay > 0 ? $", mean weights ({contest.Decay})" : "");
        var clean = Accuracy.Of(model, at, judge);
        Print("accuracy", clean, null);
        var threat = ClassifierStudy.Within(model, contest.Epsilon);
        foreach (var judged in contest.Judged)
        {
            var robust = Suite.Run(model, at, judge, threat, [judged], rng.Fork(judged.Name)).Robust;
            Print($"accuracy, {judged.Name} ε {contest.Epsilon}", robust, contest.Epsilon == 0.1f && judged == contest.Judged[0] ? MlpPublished : null);
        }
        judge = judge.Part(0, Math.Min(judge.Count, options.Int("strong", judge.Count)));
        foreach (var epsilon in options.Floats("curve"))
            Print($"accuracy, PGD-40 ε {epsilon}", Suite.Run(
                model, at, judge, ClassifierStudy.Within(model, epsilon), [SuiteAttack.CrossEntropy("PGD-40", GradientAscent.Pgd(40))], rng.Fork("curve")).Robust, null);
        if (options.Has("no-suite")) return;
        foreach (var (attack, left) in Suite.Run(model, at, judge, threat, SuiteAttack.Standard(), rng.Fork("suite")).After)
            Print($"accuracy, suite to {attack} ε {contest.Epsilon}", left, contest.Epsilon == 0.1f ? null : FastSuite);

        void Print(string metric, double value, double? published) => new Figure(
            "mnist-robust", hardened ? $"{contest.Name}, hardened" : contest.Name, words, seed, $"{part}, {judge.Count}", metric, value, published, Figure.Since(start)).Print();
    }

    private static bool IsFast(Contest contest) => contest.Steps == 1;

    private static string Search(Contest contest) => IsFast(contest) ? "one step from a random start" : $"PGD-{contest.Steps}";

    /// <summary>Thirds of a fifth of the epochs at ε/4, ε/2 and 3ε/4, the rest at ε: from the start at ε a net may learn nothing.</summary>
    private static List<Stage<InputBatch>> Growing(Contest contest, Objective<InputBatch> plain)
    {
        var warm = Math.Max(3, contest.Epochs / 5);
        var stages = MultiStage.Of(plain, 0, warm, [contest.Radius / 4, contest.Radius / 2, contest.Radius * 0.75f], Defense).ToList();
        stages.Add(new($"ε {contest.Radius}", contest.Epochs - warm, Defense(contest.Radius).Harden(plain)));
        return [.. stages.Select(stage => stage with { Objective = ClassifierObjectives.OnInputs(contest.Model, stage.Objective) })];

        IDefense Defense(float epsilon)
        {
            var threat = ClassifierStudy.Within(contest.Model, epsilon);
            IAttack attack = IsFast(contest) ? new RandomStep() : GradientAscent.Pgd(contest.Steps);
            return contest.Weight is { } weight ? new AdversarialTraining(attack, threat, weight) : new WorstCaseTraining(attack, threat);
        }
    }
}

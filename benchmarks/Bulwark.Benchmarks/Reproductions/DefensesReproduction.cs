using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Defenses.Certificates;
using Bulwark.Defenses.Inputs;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Every defense of a classifier beside the others: the net of 784-128-10 on MNIST at ε .1, as many passes over the digits for each, nothing searched. What is
/// left clean, under FGSM, under PGD-40, of PGD-40's moves on another plain net (transferred), and under the suite, which believes no gradient. Then what
/// randomized smoothing proves. <c>--seeds</c>, <c>--epochs</c>, <c>--only</c> takes defenses by name; <c>--judge n</c> measures on the first n test digits
/// and <c>--strong n</c> takes the first n for the suite.
/// </summary>
internal static class DefensesReproduction
{
    private const float Epsilon = 0.1f, Sigma = 0.25f;
    private const int Batch = 100, Replays = 4, Steps = 5, Members = 3, Certified = 200;
    private static readonly string[] Columns = ["clean", "FGSM", "PGD-40", "transferred", "suite"];
    private static readonly float[] Radii = [0, 0.25f, 0.5f, 0.75f];

    /// <summary>The net as a defense wants it trained.</summary>
    /// <param name="Harden">The objective of a net in a threat.</param>
    private sealed record Recipe(Func<IClassifier, Threat, Objective<InputBatch>> Harden)
    {
        public float Dropout { get; init; }
        public TrainingOptions Options { get; init; } = new();
        public Augmentation<InputBatch> Augment { get; init; } = static (_, _) => { };

        public static Recipe Of(Func<Threat, IDefense> defense) => new((model, threat) => defense(threat).Harden(ClassifierObjectives.CrossEntropy(model)));
    }

    private static readonly Recipe Plain = new((model, _) => ClassifierObjectives.CrossEntropy(model));
    private static readonly Recipe Hardened = Recipe.Of(threat => new WorstCaseTraining(GradientAscent.Pgd(Steps), threat));

    private static readonly (string Name, Func<Trainings, (IClassifier Model, Point At)> Make)[] Defenses =
    [
        ("plain", with => with.Net(Plain)),
        ("dropout .2", with => with.Net(Plain with { Dropout = 0.2f })),
        ("L2 1e-4", with => with.Net(Plain with { Options = new() { L2 = 1e-4f } })),
        ("L1 1e-5", with => with.Net(Plain with { Options = new() { L1 = 1e-5f } })),
        ("label smoothing .1", with => with.Net(new((model, _) => ClassifierObjectives.CrossEntropy(model, 0.1f)))),
        ("mixup .2", with => with.Net(new((model, _) => Mixup.CrossEntropy(model)))),
        ("noise .25", with => with.Net(Plain with { Augment = InputAugmentation.Noise(Sigma) })),
        ("shifts and turns", with => with.Net(Plain with { Augment = InputAugmentation.Shifted(1, 8) })),
        ("distillation, T 20", with => with.Distilled(new(20))),
        ("squeezed to 1 bit", with => (new FeatureSqueezing(with.Net(Plain).Model, 1), with.Net(Plain).At)),
        ("three plain nets", with => (with.Together(Plain), new Point())),
        ("gradient penalty", with => with.Net(Recipe.Of(threat => new GradientPenalty(1, [.. threat.Variables])))),
        ("FGSM beside clean", with => with.Net(Recipe.Of(threat => new AdversarialTraining(GradientAscent.Fgsm, threat)))),
        ("fast", with => with.Net(Recipe.Of(threat => new WorstCaseTraining(new RandomStep(), threat)))),
        ("free, 4 replays", with => with.Net(Recipe.Of(threat => new FreeTraining(threat)) with { Options = new() { Replays = Replays } })),
        ("FreeLB-3", with => with.Net(Recipe.Of(threat => new FreeLb(threat)))),
        ("FGSM or PGD-5", with => with.Net(Recipe.Of(threat => new WorstCaseTraining(new OneOf(GradientAscent.Fgsm, GradientAscent.Pgd(Steps)), threat)))),
        ("PGD-5, half clean", with => with.Net(Recipe.Of(threat => new WorstCaseTraining(GradientAscent.Pgd(Steps), threat, Share: 0.5f)))),
        ("PGD-5", with => with.Net(Hardened)),
        ("TRADES, β 6", with => with.Net(new((model, threat) =>
            new Trades<InputBatch>(Outputs.Classes(model), Trades.Search(Steps), threat).Harden(ClassifierObjectives.CrossEntropy(model))))),
        ("three PGD-5 nets", with => (with.Together(Hardened), new Point())),
    ];

    public static int Run(string[] args)
    {
        var (options, start, cells) = (new Arguments(args), Stopwatch.GetTimestamp(), new Dictionary<(string, string), List<double>>());
        var folder = DataFolder.Find(options, "mnist");
        var (train, all) = (IdxReader.Read(folder, "train-"), IdxReader.Read(folder, "t10k-"));
        var (test, strong) = (all.Part(0, options.Int("judge", 2000)), all.Part(0, options.Int("strong", 500)));
        var chosen = options.Text("only")?.Split(',') ?? [.. Defenses.Select(defense => defense.Name)];
        foreach (var seed in options.Seeds())
        {
            var trainings = new Trainings(train, seed, options.Int("epochs", 20));
            var transferred = Moved(trainings.Net(Plain, Members), test, seed);
            foreach (var (name, make) in Defenses.Where(defense => chosen.Contains(defense.Name)))
            {
                var (model, at) = make(trainings);
                var seconds = Figure.Since(start);
                var (threat, rng) = (ClassifierStudy.Within(model, Epsilon), new Rng(seed).Fork(name));
                double[] figures =
                [
                    Accuracy.Of(model, at, all), Accuracy.Of(model, at, test, GradientAscent.Fgsm, threat, rng),
                    Accuracy.Of(model, at, test, GradientAscent.Pgd(40), threat, rng), Accuracy.Of(model, at, transferred),
                    Suite.Run(model, at, strong, threat, SuiteAttack.Standard(), rng).Robust,
                ];
                foreach (var (metric, value) in Columns.Zip(figures)) Add(name, metric, value, seed);
                if (name != "noise .25") continue;
                foreach (var (radius, share) in Radii.Zip(Proven(model, at, all.Part(0, Certified), rng)))
                    Add("smoothed", string.Create(CultureInfo.InvariantCulture, $"certified at {radius}"), share, seed);
            }
        }
        foreach (var model in cells.Keys.Select(key => key.Item1).Distinct())
            Console.WriteLine($"| {model} | {string.Join(" | ", cells.Where(cell => cell.Key.Item1 == model).Select(cell => Words(Spread.Of([.. cell.Value]))))} |");
        return 0;

        void Add(string model, string metric, double value, ulong seed)
        {
            new Figure("defenses", model, $"784-128-10, {options.Int("epochs", 20)} epochs", seed, "test", metric, value, null, Figure.Since(start)).Print();
            if (!cells.TryGetValue((model, metric), out var values)) cells[(model, metric)] = values = [];
            values.Add(value);
        }

        static string Words(Spread spread) => string.Create(CultureInfo.InvariantCulture, $"{spread.Mean:.000} ± {spread.Deviation:.000}");
    }

    /// <summary>The digits as PGD-40 moves them on a net that is not the one attacked.</summary>
    private static LabeledInputs Moved((IClassifier Model, Point At) surrogate, LabeledInputs digits, ulong seed)
    {
        var (batch, values, loss) = (new InputBatch(), new List<float>(), ClassifierObjectives.CrossEntropy(surrogate.Model));
        var threat = ClassifierStudy.Within(surrogate.Model, Epsilon);
        foreach (var part in Enumerable.Range(0, digits.Count).Chunk(Batch))
        {
            using var scope = Scope.Open();
            batch.Fill(digits, part);
            var at = surrogate.At.With(surrogate.Model.Inputs, batch.Inputs);
            var move = GradientAscent.Pgd(40).Find(loss(batch, null), at, threat, new Rng(seed).Fork(part[0]));
            values.AddRange((at + move)[surrogate.Model.Inputs].Values);
        }
        return new(digits.Input, values.ToArray(), digits.Labels.ToArray());
    }

    /// <summary>The share of digits whose class is proven to stay within each L2 radius.</summary>
    private static double[] Proven(IClassifier model, Point at, LabeledInputs digits, Rng rng)
    {
        var smoothing = new RandomizedSmoothing(Sigma, Bounding: 10_000);
        CertifiedClass[] proven = [.. Enumerable.Range(0, digits.Count).Select(i =>
            smoothing.Certify(model, at, MnistGanReproduction.Inputs(digits, i, 1), rng.Fork(i)))];
        return [.. Radii.Select(radius => proven.Where((one, i) => one.Class == digits.Labels[i] && one.Radius >= radius).Count() / (double)digits.Count)];
    }

    /// <summary>Nets trained on the same digits, each once.</summary>
    private sealed class Trainings(LabeledInputs train, ulong seed, int epochs)
    {
        private readonly Dictionary<(Recipe, int), (IClassifier, Point)> _nets = [];

        /// <summary>One of several nets, which differ by their seed.</summary>
        public (IClassifier Model, Point At) Net(Recipe recipe, int member = 0)
        {
            if (_nets.TryGetValue((recipe, member), out var known)) return known;
            var model = new MlpClassifier([784, 128, 10], recipe.Dropout);
            return _nets[(recipe, member)] = (model, Train(model, recipe.Harden(model, ClassifierStudy.Within(model, Epsilon)), recipe, member));
        }

        /// <summary>Several nets that answer as one.</summary>
        public ClassifierEnsemble Together(Recipe recipe) => new([.. Enumerable.Range(0, Members).Select(member => Net(recipe, member))]);

        /// <summary>A teacher at the temperature, and a student of its answers.</summary>
        public (IClassifier Model, Point At) Distilled(Distillation distillation)
        {
            var (teacher, student) = (new MlpClassifier([784, 128, 10]), new MlpClassifier([784, 128, 10]));
            var taught = Train(teacher, distillation.Teacher(teacher), Plain, 0);
            return (student, Train(student, distillation.Student(student, teacher, taught), Plain, 1));
        }

        private Point Train(MlpClassifier model, Objective<InputBatch> objective, Recipe recipe, int member)
        {
            var rng = new Rng(seed).Fork(member);
            var source = new AugmentedSource<InputBatch>(new InputSource(train, Batch, rng.Fork("batches")), rng.Fork("augment"), recipe.Augment);
            var passes = epochs / recipe.Options.Replays;
            var options = recipe.Options with
            {
                Rule = new Adam(0.002f),
                Schedule = Schedules.Cosine(passes * source.StepsPerEpoch * recipe.Options.Replays),
                Ahead = Team.Threads > 1,
            };
            Stage<InputBatch> stage = new("defense", passes, ClassifierObjectives.OnInputs(model, objective));
            return new Trainer<InputBatch>(source, [stage], options).Run(model.Start(rng.Fork("start")), rng).At;
        }
    }
}

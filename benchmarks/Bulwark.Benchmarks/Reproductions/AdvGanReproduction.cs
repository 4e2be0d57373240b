using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// A generator of moves beside PGD-10 on one plainly trained victim: success (the share of right answers that turn wrong) and the time of a move, on digits of
/// MNIST (784-128-10, L∞ ε .1 in the box) and, in <see cref="PushedItems"/>, on the features of products that nobody has touched. Both search in batches of 100; the
/// generator learns from the training part alone. <c>--world mnist|items</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>, <c>--hidden n</c>, <c>--realism w</c>,
/// <c>--validate</c>.
/// </summary>
internal static class AdvGanReproduction
{
    private const int Batch = 100, Validation = 10_000;
    private const float Epsilon = 0.1f;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        foreach (var seed in options.Seeds())
        {
            if (options.Text("world") is null or "mnist") Digits(options, seed);
            if (options.Text("world") is null or "items") PushedItems.Measure(options, seed);
        }
        return 0;
    }

    private static void Digits(Arguments options, ulong seed)
    {
        var (start, rng, folder) = (Stopwatch.GetTimestamp(), new Rng(seed), DataFolder.Find(options, "mnist"));
        var all = IdxReader.Read(folder, "train-");
        var (part, train, judge) = options.Has("validate")
            ? ("validation", all.Part(0, all.Count - Validation), all.Part(all.Count - Validation, Validation)) : ("test", all, IdxReader.Read(folder, "t10k-"));
        var model = new MlpClassifier([784, 128, 10]);
        var plain = ClassifierObjectives.CrossEntropy(model);
        var source = new InputSource(train, Batch, rng.Fork("batches"));
        var training = new TrainingOptions { Rule = new Adam(0.002f), Schedule = Schedules.Cosine(10 * source.StepsPerEpoch), Ahead = Team.Threads > 1 };
        var at = new Trainer<InputBatch>(source, [new("clean", 10, ClassifierObjectives.OnInputs(model, plain))], training).Run(model.Start(rng.Fork("start")), rng).At;

        var threat = new Threat(new LinfBall(Epsilon), model.Inputs) { Box = (0, 1) };
        var learned = new MoveLearning(options.Int("epochs", 20)) { Realism = options.Float("realism", 0.01f) }.Of(model, at, train, threat, rng);

        var clean = Accuracy.Of(model, at, judge);
        var successes = new Dictionary<string, double>();
        foreach (var (name, attack) in Attacks(learned))
        {
            var success = 1 - Accuracy.Of(model, at, judge, attack, threat, rng.Fork(name)) / clean;
            var seconds = Time(judge, batch => attack.Find(plain(batch, null), at.With(model.Inputs, batch.Inputs), threat, rng.Fork(name)));
            Say("mnist", name, seed, part, success, seconds, start);
        }
        new Figure("advgan", "mnist, victim", "784-128-10", seed, part, "accuracy", clean, null, Figure.Since(start)).Print();
    }

    /// <summary>The generator's weights after the game.</summary>
    public static Point Played<TBatch>(Arguments options, Game<TBatch> game, IBatchSource<TBatch> source, AdvGan gan, Rng rng, int epochs) where TBatch : IBatch
    {
        var rule = new Adam(options.Float("rate", 1e-3f), 0.5f);
        var settings = new GameOptions(epochs)
        {
            CriticSteps = 1, Critic = rule, Generator = rule, Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch, 0.02f), Ahead = Team.Threads > 1,
        };
        return new GameTrainer<TBatch>(source, game, settings).Run(
            gan.Critic.Start(rng.Fork("critic")), gan.Generator.Start(rng.Fork("moves")), rng.Fork("game"), null, new EpochLines()).Generator;
    }

    /// <summary>What is compared: noise is the control.</summary>
    public static IReadOnlyList<(string Name, IAttack Attack)> Attacks(LearnedMoves learned) =>
        [("noise", new Noise()), ("FGSM", GradientAscent.Fgsm), ("PGD-10", GradientAscent.Pgd(10)), ("AdvGAN", learned)];

    /// <summary>Seconds a search takes for an example: the least of five rounds over the first thousand.</summary>
    public static double Time(LabeledInputs inputs, Func<InputBatch, Move> find)
    {
        var (batch, best) = (new InputBatch(), double.PositiveInfinity);
        var batches = Enumerable.Range(0, Math.Min(10, inputs.Count / Batch)).ToArray();
        for (var round = 0; round < 5; round++)
        {
            var spent = 0.0;
            foreach (var n in batches)
            {
                batch.Fill(inputs, [.. Enumerable.Range(n * Batch, Batch)]);
                using var scope = Scope.Open();
                var from = Stopwatch.GetTimestamp();
                var move = find(batch);
                _ = move[move.Variables[0]].Values[0];       // worked out, not pending
                spent += Figure.Since(from);
            }
            best = Math.Min(best, spent / (batches.Length * Batch));
        }
        return best;
    }

    public static void Say(string world, string name, ulong seed, string part, double success, double seconds, long start)
    {
        new Figure("advgan", $"{world}, {name}", "", seed, part, "success", success, null, Figure.Since(start)).Print();
        new Figure("advgan", $"{world}, {name}", "", seed, part, "microseconds an example", seconds * 1e6, null, Figure.Since(start)).Print();
    }
}

using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Defenses.Detection;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Will this shopper take this product? A factorization with log loss learns from a log in which a ring pushes products and honest shoppers misclick, and
/// decides about later visits of honest shoppers (<see cref="CommerceWorld"/>). Every pipeline but the one with the clean log sees the spoiled log alone and
/// sets its threshold, the one with the best accuracy, on a tenth that it holds back from what it learns from; <c>--validate</c> prints the figures there,
/// by which <c>--d</c> and <c>--l2</c> were chosen. Means over <c>--seeds</c>, paired tests against the undefended models. <c>--world</c> takes one,
/// and <c>--pipelines "a;b"</c> some pipelines.
/// </summary>
internal static class CommerceReproduction
{
    private const int Batch = 1024;
    private const string Undefended = "undefended";

    private static readonly (string Name, Func<Confusion, double> Of)[] Metrics =
        [("accuracy", c => c.Accuracy), ("recall", c => c.Recall), ("precision", c => c.Precision), ("F1", c => c.F1)];

    /// <summary>What is done about the log: rows left out, and how the last epochs train, which smooth labels where the first do not.</summary>
    private sealed record Pipeline(string Name, bool Screened, bool Hardened, float Smoothing = 0, bool Short = false, bool Clean = false);

    private static readonly Pipeline[] Pipelines =
    [
        new("clean log", false, false, Clean: true),
        new(Undefended, false, false, Short: true),
        new($"{Undefended}, as long", false, false),
        new("adversarial", false, true),
        new("quarantine", true, false),
        new("quarantine, adversarial", true, true),
        new("quarantine, adversarial, smooth", true, true, 0.1f),
    ];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        Func<ulong, CommerceWorld>[] worlds = [seed => CommerceWorld.Shop(seed, options), seed => CommerceWorld.Retail(seed, options)];
        string[] names = ["shop", "online-retail"];
        foreach (var (n, world) in worlds.Index())
            if (options.Text("world") is not { } only || only == names[n]) Compare(names[n], world, options);
        return 0;
    }

    private static void Compare(string name, Func<ulong, CommerceWorld> make, Arguments options)
    {
        var (start, seeds) = (Stopwatch.GetTimestamp(), options.Seeds());
        Pipeline[] pipelines = [.. Pipelines.Where(pipeline => options.Text("pipelines") is not { } some || some.Split(';').Contains(pipeline.Name))];
        var measured = pipelines.ToDictionary(pipeline => pipeline.Name, _ => new List<Confusion>());
        foreach (var seed in seeds)
        {
            var world = make(seed);
            var screening = Screening.Of(world.Log, new Rng(seed));
            var caught = screening.Suspects.Count(suspect => suspect.User >= world.Honest);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}, seed {seed}: {world.Pairs.Count} pairs, {caught} of {world.Pairs.UserCount - world.Honest} fake accounts caught, "
                + $"{screening.Suspects.Count - caught} honest accused, {world.Labels.Length} decisions"));
            var learned = new Dictionary<Interactions, Learning>(ReferenceEqualityComparer.Instance);
            var quarantined = world.Pairs.Without(screening.Weights);
            foreach (var pipeline in pipelines)
            {
                var log = pipeline.Clean ? world.Clean : pipeline.Screened ? quarantined : world.Pairs;
                if (!learned.TryGetValue(log, out var first)) learned[log] = first = Learn(log, options, seed);
                measured[pipeline.Name].Add(Decide(world, pipeline, first, options, seed));
                var decided = measured[pipeline.Name][^1];
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{pipeline.Name}: accuracy {decided.Accuracy:F4}, recall {decided.Recall:F4}, F1 {decided.F1:F4}, {Figure.Since(start):F0} s"));
            }
        }
        Console.WriteLine($"{"",-34}{string.Concat(Metrics.Select(metric => $"{metric.Name,-18}"))}");
        foreach (var (pipeline, figures) in measured)
            Console.WriteLine($"{pipeline,-34}{string.Concat(Metrics.Select(metric => $"{Spread.Of([.. figures.Select(metric.Of)]),-18}"))}");
        foreach (var other in new[] { Undefended, $"{Undefended}, as long" }.Where(measured.ContainsKey))
            foreach (var defended in pipelines.Where(pipeline => seeds.Length > 1 && (pipeline.Screened || pipeline.Hardened)))
                Console.WriteLine($"{defended.Name} less {other}: " + string.Join(", ", Metrics.Select(metric =>
                {
                    var test = Significance.StudentT([.. measured[defended.Name].Select(metric.Of)], [.. measured[other].Select(metric.Of)]);
                    return string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {test.Difference:+0.000;-0.000} (p {test.P:G1})");
                })));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Figure.Since(start):F0} s\n"));
    }

    /// <summary>What all pipelines with one log share: their first epochs.</summary>
    private sealed record Learning(
        MatrixFactorization Model, IBatchSource<LabeledPairs> Source, TrainingOptions Options, TrainingResult First, Interactions Log, Interactions Held);

    private static Learning Learn(Interactions log, Arguments options, ulong seed)
    {
        var rng = new Rng(seed);
        var (train, held) = Splits.Validation(log, Holdout.RandomPerUser, rng.Fork("validation"));
        var model = new MatrixFactorization(log.UserCount, log.ItemCount, new(options.Int("d", 32), Biases: true));
        var training = new TrainingOptions { L2 = options.Float("l2", 0.1f), Ahead = false };
        var source = new ClickSource(train, Batch, 1, rng.Fork("batches"));
        var trainer = new Trainer<LabeledPairs>(source, [new("plain", options.Int("epochs", 20), Objectives.LogLoss(model))], training);
        return new(model, source, training, trainer.Run(model.Start(rng.Fork("start")), rng), log, held);
    }

    private static Confusion Decide(CommerceWorld world, Pipeline pipeline, Learning learning, Arguments options, ulong seed)
    {
        var (rng, (model, source, training, last, log, held)) = (new Rng(seed), learning);
        if (!pipeline.Short)
        {
            var plain = Objectives.LogLoss(model, pipeline.Smoothing);
            var threat = new Threat(new L2Ball(options.Float("epsilon", 0.3f)), model.Tables).RelativeTo(last.At);
            var objective = pipeline.Hardened ? new AdversarialTraining(GradientAscent.Fgsm, threat, options.Float("weight", 1)).Harden(plain) : plain;
            last = new Trainer<LabeledPairs>(source, [new("last", options.Int("then", 20), objective)], training).Continue(last, rng);
        }
        var (users, items, labels) = CommerceWorld.Examples(held, log, log.UserCount, rng.Fork("threshold"));
        var threshold = Best(Scores(users, items), labels);
        if (options.Has("validate")) return Confusion.Of(Scores(users, items), threshold, labels);
        return Confusion.Of(Scores(world.Users, world.Items), threshold, world.Labels);

        float[] Scores(int[] users, int[] items)
        {
            using var scope = Scope.Open();
            return model.Score(last.At, new Ids(users), new Ids(items)).Values.ToArray();
        }
    }

    /// <summary>The threshold with the most right decisions.</summary>
    private static float Best(float[] scores, bool[] labels)
    {
        var curve = ThresholdCurve.Roc(scores, labels, int.MaxValue);
        return curve.Points.MaxBy(point => point.Y - point.X).Threshold;                 // as many yes as no
    }
}

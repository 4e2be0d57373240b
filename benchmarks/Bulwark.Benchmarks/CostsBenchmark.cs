using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Benchmarks.Reproductions;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Factorization;
using Bulwark.Models.Graph;
using Bulwark.Models.Neural;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>
/// What hardening costs: milliseconds of a step, clean and under each defense, and how many clean steps that is, for models that adversarial training is made for.
/// A line of JSON for each: medians of short rounds, in which the ways to train take turns. A step of free training is one of its four replays of a batch; fast
/// training is of inputs alone. <c>--only</c> takes models by name, with commas, <c>--rounds</c> says how many rounds there are.
/// </summary>
internal static class CostsBenchmark
{
    private const string Clean = "clean";
    private const float Epsilon = 0.5f;                      // of a row of a table
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2), Round = TimeSpan.FromMilliseconds(50);

    private static readonly (string Name, int Replays, bool OfInputs, Func<Threat, IDefense>? Defense)[] Ways =
    [
        (Clean, 1, false, null),
        ("adversarial", 1, false, threat => new AdversarialTraining(GradientAscent.Fgsm, threat)),
        ("pgd_10", 1, false, threat => new AdversarialTraining(GradientAscent.Pgd(10), threat)),
        ("pgd_10_alone", 1, false, threat => new WorstCaseTraining(GradientAscent.Pgd(10), threat)),
        ("free", 4, false, threat => new FreeTraining(threat)),
        ("fast", 1, true, threat => new WorstCaseTraining(new RandomStep(), threat)),
    ];

    /// <summary>A model in training.</summary>
    /// <param name="Source">Makes its batches, for each way anew, because another thread fills them.</param>
    /// <param name="Objective">What is made small.</param>
    /// <param name="Threat">What moves.</param>
    /// <param name="Start">Its weights at first.</param>
    /// <param name="Rule">How they are updated.</param>
    private sealed record Case<TBatch>(
        Func<IBatchSource<TBatch>> Source, Objective<TBatch> Objective, Threat Threat, Point Start, UpdateRule Rule) where TBatch : IBatch
    {
        /// <summary>Of a classifier: puts the batch's inputs at the point.</summary>
        public Func<Objective<TBatch>, Objective<TBatch>>? OnInputs { get; init; }
    }

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        (string Name, Action<string> Time)[] models =
        [
            ("bpr-512", name => Time(name, Bpr(Clicks(), 512), options)),
            ("bpr-2048", name => Time(name, Bpr(Clicks(), 2048), options)),
            ("lightgcn", name => Time(name, Graph(Clicks()), options)),
            ("neumf", name => Time(name, Neural(Clicks()), options)),
            ("sasrec", name => Time(name, Sequential(SequenceBenchmark.Beauty(options)), options)),
            ("mult-vae", name => Time(name, Autoencoder(Clicks()), options)),
            ("mlp", name => Time(name, Classifier(Digits(), new MlpClassifier([784, 128, 10]), 64, 0.1f), options)),
            ("convolutional", name => Time(name, Classifier(Digits(), new ConvolutionalClassifier((28, 28, 1), 10, ConvolutionalOptions.Small), 128, 0.3f), options)),
        ];
        var only = options.Text("only")?.Split(',') ?? [.. models.Select(model => model.Name)];
        foreach (var name in only)
            if (!models.Any(model => model.Name == name))
                throw new ArgumentException($"There is no model '{name}': name {string.Join(", ", models.Select(model => model.Name))}.");
        foreach (var (name, time) in models) if (only.Contains(name)) time(name);
        return 0;

        Interactions Clicks() => DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m")).Interactions;

        LabeledInputs Digits() => IdxReader.Read(DataFolder.Find(options, "mnist"), "train-");
    }

    private static Case<Triples> Bpr(Interactions train, int batch)
    {
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, new());
        return new(() => new TripleSource(train, batch, new Rng(1)), Objectives.Bpr(model), Tables(model.Tables), model.Start(new Rng(1)), new Adagrad(0.05f));
    }

    private static Case<Triples> Graph(Interactions train)
    {
        var model = new LightGcn(train, new());
        return new(() => new TripleSource(train, 2048, new Rng(1)), Objectives.Bpr(model), Tables(model.Tables), model.Start(new Rng(1)), new Adam(0.001f));
    }

    private static Case<LabeledPairs> Neural(Interactions train)
    {
        var model = new NeuMf(train.UserCount, train.ItemCount, new(32));
        return new(() => new ClickSource(train, 1024, 4, new Rng(1)), Objectives.LogLoss(model), Tables(model.Tables), model.Start(new Rng(1)), new Adam(0.001f));
    }

    private static Case<SequenceBatch> Sequential((Func<NextItemSource> Source, SasRec Model) beauty) => new(
        beauty.Source, SequenceObjectives.Binary(beauty.Model), Tables(beauty.Model.Tables), beauty.Model.Start(new Rng(1)), new Adam(0.001f));

    private static Case<BagBatch> Autoencoder(Interactions train)
    {
        var model = new MultVae(train.ItemCount, new());
        var objective = BagObjectives.Variational(model, static _ => 0.2f);
        return new(() => new BagSource(train, 500, new Rng(1)), objective, Tables(model.Tables), model.Start(new Rng(1)), new Adam(0.001f));
    }

    private static Case<InputBatch> Classifier(LabeledInputs train, IClassifier model, int batch, float epsilon) => new(
        () => new InputSource(train, batch, new Rng(1)), ClassifierObjectives.CrossEntropy(model), new(new LinfBall(epsilon), model.Inputs) { Box = (0, 1) },
        model.Start(new Rng(1)), new Adam(0.001f))
    {
        OnInputs = objective => ClassifierObjectives.OnInputs(model, objective),
    };

    private static Threat Tables(IReadOnlyList<Variable> tables) => new(new L2Ball(Epsilon), tables);

    private static void Time<TBatch>(string name, Case<TBatch> of, Arguments options) where TBatch : IBatch
    {
        var ways = Ways.Where(way => !way.OfInputs || of.OnInputs is not null).ToArray();
        var (training, each) = (new TrainingSteps<TBatch>[ways.Length], new int[ways.Length]);
        for (var n = 0; n < ways.Length; n++)
        {
            var objective = ways[n].Defense is { } defense ? defense(of.Threat).Harden(of.Objective) : of.Objective;
            training[n] = new(of.Source(), of.OnInputs?.Invoke(objective) ?? objective, of.Start, of.Rule, new Rng(1), ways[n].Replays);
            each[n] = Warm(training[n]);
        }
        var (rounds, examples, steps) = (options.Int("rounds", 31), 0L, 0L);
        double[][] times = [.. ways.Select(_ => new double[rounds])];
        for (var round = 0; round < rounds; round++)
            for (var n = 0; n < ways.Length; n++)
            {
                var begun = Stopwatch.GetTimestamp();
                for (var step = 0; step < each[n]; step++) (examples, steps) = (examples + training[n].Step(), steps + 1);
                times[n][round] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds / (each[n] * ways[n].Replays);
            }
        foreach (var one in training) one.Dispose();
        Print(name, examples / steps, [.. ways.Select((way, n) => (way.Name, Median(times[n])))]);
    }

    /// <summary>Steps until the runtime has compiled every kernel for good; how many fit into a round.</summary>
    private static int Warm<TBatch>(TrainingSteps<TBatch> training) where TBatch : IBatch
    {
        var (begun, steps) = (Stopwatch.GetTimestamp(), 0);
        for (; Stopwatch.GetElapsedTime(begun) < WarmUp; steps++) training.Step();
        return Math.Max(1, (int)(steps * (Round / WarmUp)));
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static void Print(string name, long batch, (string Way, double Milliseconds)[] medians)
    {
        var clean = medians.Single(median => median.Way == Clean).Milliseconds;
        var figures = medians.Select(median => string.Create(CultureInfo.InvariantCulture, $"\"{median.Way}_ms\":{median.Milliseconds:F4}"))
            .Concat(medians.Where(median => median.Way != Clean)
                .Select(median => string.Create(CultureInfo.InvariantCulture, $"\"{median.Way}_ratio\":{median.Milliseconds / clean:F2}")));
        Console.WriteLine($"{{\"name\":\"costs {name}\",\"batch\":{batch},\"threads\":{Team.Threads},{string.Join(',', figures)}}}");
    }
}

using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>
/// Milliseconds and garbage of one training step, batches drawn as in training: BPR, APR and APR with PGD-10, or what <c>--only</c> names. There are noise,
/// free (a replay of four), freelb-3 and trades-10 besides; and on a classifier of 784-128-10, in an L∞ ball on its inputs, mlp, mlp-fast, mlp-free, mlp-pgd-10.
/// </summary>
internal static class StepsBenchmark
{
    private const int Rounds = 100, Replays = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);   // until the runtime has compiled every kernel for good

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (batch, threads, steps) = (options.Int("batch", 512), options.Int("threads", 2), options.Int("steps", 2000));
        var train = new Lazy<Interactions>(() => RandomPairs(6040, 3706, 994_169));
        foreach (var name in options.Text("only")?.Split(',') ?? ["bpr", "apr", "pgd-10"])
        {
            if (name.StartsWith("mlp", StringComparison.Ordinal)) OfInputs(name, batch, threads, steps);
            else OfTables(name, train.Value, batch, threads, steps);
        }
        return 0;
    }

    private static void OfTables(string name, Interactions train, int batch, int threads, int steps)
    {
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, new());
        var threat = new Threat(new L2Ball(0.5f), model.Users, model.Items);
        var objective = Objectives.Bpr(model);
        objective = name switch
        {
            "apr" => new AdversarialTraining(GradientAscent.Fgsm, threat).Harden(objective),
            "noise" => new AdversarialTraining(new Noise(), threat).Harden(objective),
            "free" => new FreeTraining(threat).Harden(objective),
            "freelb-3" => new FreeLb(threat).Harden(objective),
            "trades-10" => new Trades<Triples>(Outputs.Preferences(model), Trades.Search(), threat).Harden(objective),
            "pgd-10" => new AdversarialTraining(GradientAscent.Pgd(10), threat).Harden(objective),
            _ => objective,
        };
        Time(name, new TripleSource(train, batch, new Rng(1)), objective, model.Start(new Rng(1)), new Adagrad(0.05f), batch, threads, steps);
    }

    private static void OfInputs(string name, int batch, int threads, int steps)
    {
        var (model, rng) = (new MlpClassifier([784, 128, 10]), new Rng(1));
        var inputs = new LabeledInputs(784, Tensor.Uniform((10_000, 784), 0, 1, rng).Values.ToArray(), Enumerable.Range(0, 10_000).Select(_ => rng.Next(10)).ToArray());
        var (objective, threat) = (ClassifierObjectives.CrossEntropy(model), new Threat(new LinfBall(0.1f), model.Inputs) { Box = (0, 1) });
        objective = name switch
        {
            "mlp-fast" => new WorstCaseTraining(new RandomStep(), threat).Harden(objective),
            "mlp-free" => new FreeTraining(threat).Harden(objective),
            "mlp-pgd-10" => new WorstCaseTraining(GradientAscent.Pgd(10), threat).Harden(objective),
            _ => objective,
        };
        Time(name, new InputSource(inputs, batch, rng), ClassifierObjectives.OnInputs(model, objective), model.Start(rng), new Adam(0.001f), batch, threads, steps);
    }

    private static void Time<TBatch>(
        string name, IBatchSource<TBatch> source, Objective<TBatch> objective, Point at, UpdateRule rule, int batch, int threads, int steps) where TBatch : IBatch
    {
        var replays = name.EndsWith("free", StringComparison.Ordinal) ? Replays : 1;
        using var training = new TrainingSteps<TBatch>(source, objective, at, rule, new Rng(1), replays);
        var (times, each) = (new List<double>(), Math.Max(1, steps / Rounds / replays));
        long garbage = 0;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;) Step(20);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            Step(each);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / (each * replays));
            garbage = (GC.GetAllocatedBytesForCurrentThread() - before) / (each * replays);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name":"{{name}}","batch":{{batch}},"threads":{{threads}},"ms":{{times[Rounds / 2]:F4}},"best_ms":{{times[0]:F4}},"garbage_bytes":{{garbage}}}"""));

        void Step(int count)
        {
            for (var step = 0; step < count; step++) training.Step();
        }
    }

    /// <summary>Distinct random pairs with popular items, as many as ML-1M has.</summary>
    private static Interactions RandomPairs(int users, int items, int count)
    {
        var (rng, seen) = (new Rng(7), new HashSet<long>());
        var (userVocabulary, itemVocabulary) = (new Vocabulary(), new Vocabulary());
        for (var u = 0; u < users; u++) userVocabulary.GetOrAdd(u.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < items; i++) itemVocabulary.GetOrAdd(i.ToString(CultureInfo.InvariantCulture));
        var (user, item) = (new int[count], new int[count]);
        for (var n = 0; n < count;)
        {
            var (u, i) = (rng.Next(users), (int)(items * Math.Pow(rng.NextDouble(), 2)));
            if (!seen.Add((long)u * items + i)) continue;
            (user[n], item[n++]) = (u, i);
        }
        return new Interactions(userVocabulary, itemVocabulary, user, item);
    }
}

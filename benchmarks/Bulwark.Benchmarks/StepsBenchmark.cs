using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>Milliseconds and garbage of one training step: BPR, APR and APR with PGD-10; batches drawn as in training.</summary>
internal static class StepsBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);   // until the runtime has compiled every kernel for good

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (batch, threads) = (options.Int("batch", 512), options.Int("threads", 2));
        var train = RandomPairs(6040, 3706, 994_169);
        foreach (var name in options.Text("only")?.Split(',') ?? ["bpr", "apr", "pgd-10"]) Time(name, train, batch, threads, options.Int("steps", 2000));
        return 0;
    }

    private static void Time(string name, Interactions train, int batch, int threads, int steps)
    {
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, new());
        var threat = new Threat(new L2Ball(0.5f), model.Users, model.Items);
        var objective = Objectives.Bpr(model);
        objective = name switch
        {
            "apr" => new AdversarialTraining(GradientAscent.Fgsm, threat).Harden(objective),
            "pgd-10" => new AdversarialTraining(GradientAscent.Pgd(10), threat).Harden(objective),
            _ => objective,
        };
        var rng = new Rng(1);
        var optimizer = new Optimizer(model.Start(rng), new Adagrad(0.05f));
        const int Rounds = 100;
        using var batches = new Prefetch<Triples>(new TripleSource(train, batch, rng), 0, long.MaxValue, threads > 1);
        var times = new List<double>();
        long garbage = 0;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;) Step(50);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            Step(steps / Rounds);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / (steps / Rounds));
            garbage = (GC.GetAllocatedBytesForCurrentThread() - before) / (steps / Rounds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name":"{{name}}","batch":{{batch}},"threads":{{threads}},"ms":{{times[Rounds / 2]:F4}},"best_ms":{{times[0]:F4}},"garbage_bytes":{{garbage}}}"""));

        void Step(int count)
        {
            for (var step = 0; step < count; step++)
            {
                using var scope = Scope.Open();
                var gradient = Grad.Of(objective(batches.Next(), rng), optimizer.At);
                optimizer.Step(gradient.Move);
            }
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

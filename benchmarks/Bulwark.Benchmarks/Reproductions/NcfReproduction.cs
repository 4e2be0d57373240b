using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Neural;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// ML-1M as in the evaluation of neural collaborative filtering: one test item a user among 99 given negatives, ties against the model. Settings
/// and epochs were chosen on what <c>--validation</c> measures: a random training item a user, held out, among 99 items drawn from those
/// left. NeuMF was published with 8 factors.
/// </summary>
internal static class NcfReproduction
{
    private const ulong Seed = 1;
    private const int Negatives = 99;
    private static readonly Metric[] Metrics = [RankingMetrics.HitRate(10), RankingMetrics.Ndcg(10)];

    /// <summary>What to learn from, and what to find.</summary>
    private sealed record Part(string Name, Interactions Train, RankingCase[] Cases);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var data = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m"));
        var part = options.Has("validation") ? Carve(data.Interactions) : new Part("test", data.Interactions, Cases(data.Test!, data.Negatives!));
        var only = options.Text("model");
        if (only is null or "toppop") Popularity(part);
        if (only is null or "bpr-mf") FactorizeByRank(part);
        if (only is null or "neumf") NeuralFactorization(part);
        return 0;
    }

    private static void Popularity(Part part)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = part.Train.ItemCounts();
        var result = SampledRanking.Evaluate(new Popularity(part.Train.UserCount, counts), part.Cases, Metrics);
        Print(part, "toppop", "ties against the model", result, (0.4531, 0.2542), start);
        // Counts tie often: the same figure if every tie were for the model.
        var (hits, gain) = (0.0, 0.0);
        foreach (var one in part.Cases)
        {
            var rank = 1 + one.Negatives.Count(item => counts[item] > counts[one.Positive]);
            if (rank <= 10) (hits, gain) = (hits + 1, gain + 1 / Math.Log2(1 + rank));
        }
        foreach (var (metric, sum) in new[] { ("hr@10", hits), ("ndcg@10", gain) })
            new Figure("ncf", "toppop", "ties for the model", Seed, part.Name, metric, sum / part.Cases.Length, null, Figure.Since(start)).Print();
    }

    private static void FactorizeByRank(Part part)
    {
        const int Epochs = 140, Batch = 512;
        const float Decay = 0.003f;
        var start = Stopwatch.GetTimestamp();
        var model = new MatrixFactorization(part.Train.UserCount, part.Train.ItemCount, new());
        var source = new TripleSource(part.Train, Batch, new Rng(Seed).Fork("batches"));
        var rule = new Adagrad(0.05f);
        var result = Train(part, model, source, new("bpr", Epochs, Objectives.Bpr(model)), new() { Rule = rule, L2 = Decay });
        Print(part, "bpr-mf", $"d 64, {rule}, L2 {Decay}, batch {Batch}, {Epochs} epochs, uniform negatives", result, (null, null), start);
    }

    private static void NeuralFactorization(Part part)
    {
        const int Factors = 32, Epochs = 6, Batch = 1024, Drawn = 4;
        var start = Stopwatch.GetTimestamp();
        var model = new NeuMf(part.Train.UserCount, part.Train.ItemCount, new(Factors));
        var source = new ClickSource(part.Train, Batch, Drawn, new Rng(Seed).Fork("batches"));
        var rule = new Adam(0.001f);
        var result = Train(part, model, source, new("log loss", Epochs, Objectives.LogLoss(model)), new() { Rule = rule });
        Print(part, "neumf", $"{Factors} factors, {rule}, batch {Batch}, {Drawn} negatives, {Epochs} epochs", result, (0.6725, 0.4011), start);
    }

    private static RankingResult Train<TBatch>(
        Part part, IPairModel model, IBatchSource<TBatch> source, Stage<TBatch> stage, TrainingOptions options) where TBatch : IBatch
    {
        var rng = new Rng(Seed);
        var trained = new Trainer<TBatch>(source, [stage], options with { Ahead = Team.Threads > 1 }).Run(model.Start(rng.Fork("start")), rng);
        return SampledRanking.Evaluate(new GivenCandidates(model, trained.At, part.Cases), part.Cases, Metrics);
    }

    /// <summary>A validation part like the test part, from training pairs alone.</summary>
    private static Part Carve(Interactions all)
    {
        var rng = new Rng(Seed).Fork("carve");
        var (train, validation) = Splits.Validation(all, Holdout.RandomPerUser, rng);
        var cases = new List<RankingCase>();
        for (var row = 0; row < validation.Count; row++)
        {
            var (user, item, others) = (validation.User[row], validation.Item[row], new HashSet<int>());
            while (others.Count < Negatives)
            {
                var other = rng.Next(all.ItemCount);
                if (!all.ByUser.Contains(user, other)) others.Add(other);
            }
            cases.Add(new RankingCase(user, item, others));
        }
        return new Part("validation", train, [.. cases]);
    }

    private static RankingCase[] Cases(Interactions test, Negatives negatives) =>
        [.. Enumerable.Range(0, test.Count).Select(row => new RankingCase(test.User[row], test.Item[row], negatives[test.User[row]].ToArray()))];

    private static void Print(Part part, string model, string settings, RankingResult result, (double? HitRate, double? Gain) published, long start)
    {
        new Figure("ncf", model, settings, Seed, part.Name, "hr@10", result["hr@10"], published.HitRate, Figure.Since(start)).Print();
        new Figure("ncf", model, settings, Seed, part.Name, "ndcg@10", result["ndcg@10"], published.Gain, Figure.Since(start)).Print();
    }
}

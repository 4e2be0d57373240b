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
/// Models trained by gradients on ML-1M, one test item a user among 99 given negatives (<see cref="NcfPart"/>). Settings and epochs were chosen on
/// what <c>--validate</c> measures. NeuMF was published with 8 factors.
/// </summary>
internal static class NcfReproduction
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var data = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m"));
        var part = options.Has("validate") ? NcfPart.Validation(data.Interactions) : NcfPart.Test(data);
        var only = options.Text("model");
        if (only is null or "toppop") Popularity(part);
        if (only is null or "bpr-mf") FactorizeByRank(part);
        if (only is null or "neumf") NeuralFactorization(part);
        return 0;
    }

    private static void Popularity(NcfPart part)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = part.Train.ItemCounts();
        var result = SampledRanking.Evaluate(new Popularity(part.Train.UserCount, counts), part.Cases, NcfPart.Metrics);
        part.Print("ncf", "toppop", "ties against the model", result, (0.4531, 0.2542), start);
        // Counts tie often: the same figure if every tie were for the model.
        var (hits, gain) = (0.0, 0.0);
        foreach (var one in part.Cases)
        {
            var rank = 1 + one.Negatives.Count(item => counts[item] > counts[one.Positive]);
            if (rank <= 10) (hits, gain) = (hits + 1, gain + 1 / Math.Log2(1 + rank));
        }
        foreach (var (metric, sum) in new[] { ("hr@10", hits), ("ndcg@10", gain) })
            new Figure("ncf", "toppop", "ties for the model", NcfPart.Seed, part.Name, metric, sum / part.Cases.Length, null, Figure.Since(start)).Print();
    }

    private static void FactorizeByRank(NcfPart part)
    {
        const int Epochs = 140, Batch = 512;
        const float Decay = 0.003f;
        var start = Stopwatch.GetTimestamp();
        var model = new MatrixFactorization(part.Train.UserCount, part.Train.ItemCount, new());
        var source = new TripleSource(part.Train, Batch, new Rng(NcfPart.Seed).Fork("batches"));
        var rule = new Adagrad(0.05f);
        var result = Train(part, model, source, new("bpr", Epochs, Objectives.Bpr(model)), new() { Rule = rule, L2 = Decay });
        part.Print("ncf", "bpr-mf", $"d 64, {rule}, L2 {Decay}, batch {Batch}, {Epochs} epochs, uniform negatives", result, (null, null), start);
    }

    private static void NeuralFactorization(NcfPart part)
    {
        const int Factors = 32, Epochs = 6, Batch = 1024, Drawn = 4;
        var start = Stopwatch.GetTimestamp();
        var model = new NeuMf(part.Train.UserCount, part.Train.ItemCount, new(Factors));
        var source = new ClickSource(part.Train, Batch, Drawn, new Rng(NcfPart.Seed).Fork("batches"));
        var rule = new Adam(0.001f);
        var result = Train(part, model, source, new("log loss", Epochs, Objectives.LogLoss(model)), new() { Rule = rule });
        part.Print("ncf", "neumf", $"{Factors} factors, {rule}, batch {Batch}, {Drawn} negatives, {Epochs} epochs", result, (0.6725, 0.4011), start);
    }

    private static RankingResult Train<TBatch>(
        NcfPart part, IPairModel model, IBatchSource<TBatch> source, Stage<TBatch> stage, TrainingOptions options) where TBatch : IBatch
    {
        var rng = new Rng(NcfPart.Seed);
        var trained = new Trainer<TBatch>(source, [stage], options with { Ahead = Team.Threads > 1 }).Run(model.Start(rng.Fork("start")), rng);
        return SampledRanking.Evaluate(new GivenCandidates(model, trained.At, part.Cases), part.Cases, NcfPart.Metrics);
    }
}

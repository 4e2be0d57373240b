using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Reranking;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// What novelty, coverage and diversity cost on ML-100K, by one sweep for three ways: lists re-ranked (MMR), pairs weighed by inverse propensity (γ), and a second
/// goal in the objective, the correlation of scores with popularity (λ). A factorization learns from a random four fifths of each user's items; the rest is to be
/// found. With <c>--validate</c> the learning part is parted again in the same way.
/// </summary>
internal static class GoalsReproduction
{
    private const int K = 10;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var split = Splits.ByShare(DatasetReader.Open(DataFolder.Find(options, "ml-100k")).Interactions.DistinctPairs(), 0.8, new Rng(1));
        if (options.Has("validate")) split = Splits.ByShare(split.Train, 0.8, new Rng(2));
        var (train, counts, seen) = (split.Train, split.Train.ItemCounts(), RankingTask.Rows(split.Train));
        var distance = ItemDistance.ByUsers(seen, train.ItemCount);
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, new(32));
        foreach (var seed in options.Seeds())
        {
            var plain = Trained(Objectives.Bpr(model), seed);
            Sweep("MMR, weight", [0, 0.1f, 0.2f, 0.3f, 0.5f], weight => new Reranked(plain, train.ByUser, MarginalRelevance.At(distance, 1 - weight), K));
            Sweep("inverse propensity, γ", [0, 0.25f, 0.5f, 0.75f, 1], power => Trained(Goals.InversePropensityBpr(model, counts, power), seed));
            Sweep("popularity correlation, λ", [0, 0.1f, 0.3f, 1, 3], weight =>
                Trained(Goals.Sum((Objectives.Bpr(model), 1), (Goals.PopularityCorrelation(model, counts), weight)), seed));
        }
        return 0;

        void Sweep(string name, float[] weights, Func<float, IRecommender> at)
        {
            var offs = TradeOff.Sweep(
                at, weights, RankingTask.Rows(split.Test), seen, [RankingMetrics.Ndcg(K)], ListMetrics.Goals(K, counts, distance));
            Console.WriteLine($"{name,-28}{string.Concat(offs[0].Result.Means.Keys.Select(metric => $"{metric,-14}"))}front");
            foreach (var off in offs)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{off.Lambda,-28}{string.Concat(off.Result.Means.Values.Select(value => $"{value,-14:F4}"))}{(off.OnFront ? "yes" : "no")}"));
        }

        IRecommender Trained(Objective<Triples> objective, ulong seed)
        {
            var rng = new Rng(seed);
            var stage = new Stage<Triples>("all", options.Int("epochs", 30), objective);
            var trainer = new Trainer<Triples>(new TripleSource(train, 512, rng.Fork("batches")), [stage], new() { Rule = new Adagrad(0.05f), L2 = 0.001f });
            return new PointRecommender(model, trainer.Run(model.Start(rng.Fork("start")), rng).At, new Popularity(train.UserCount, counts));
        }
    }
}

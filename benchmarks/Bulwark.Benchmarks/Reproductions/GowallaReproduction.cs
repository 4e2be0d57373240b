using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Graph;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Gowalla as in LightGCN (He et al. 2020): Recall@20 and NDCG@20, every place that the user has not visited in training ranked. <c>--model</c> names
/// mf (BPR), lightgcn (BPR) or ccl (cosine contrastive loss; with <c>--layers</c>, on propagated rows). A tenth of each user's training places is held out
/// and settings and epochs are chosen there: <c>--validate</c> stops before the test part is looked at. The test part is then measured after training
/// on all training places for the epochs that were best, or with <c>--given</c> at once for <c>--epochs</c>. <c>--mean</c> says after how many epochs
/// weights are averaged.
/// </summary>
internal static class GowallaReproduction
{
    private static readonly Metric Main = RankingMetrics.Ndcg(20);
    private static readonly Metric[] Metrics = [RankingMetrics.Recall(20), Main];

    /// <summary>Published figures by model: MF-BPR, LightGCN with one to four layers, MF-CCL.</summary>
    private static (double Recall, double Gain)? Published(string name, int layers) => (name, layers) switch
    {
        ("mf", _) => (0.1491, 0.1235),
        ("lightgcn", 1) => (0.1687, 0.1417),
        ("lightgcn", 2) => (0.1786, 0.1524),
        ("lightgcn", 3) => (0.1824, 0.1547),
        ("lightgcn", 4) => (0.1825, 0.1537),
        ("ccl", 0) => (0.1837, 0.1493),
        _ => null,
    };

    /// <summary>Trains on some places, to the best of so many epochs where there is something to judge by: the result, and the settings in words.</summary>
    private delegate TrainingResult Recipe(Interactions train, Rng rng, int epochs, Func<Point, double>? judge);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var name = options.Text("model") ?? "ccl";
        var layers = options.Int("layers", name == "lightgcn" ? 3 : 0);
        var data = DatasetReader.Open(DataFolder.Find(options, "gowalla"));
        foreach (var seed in options.Seeds())
        {
            var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
            var (train, held) = Splits.Validation(data.Interactions, Holdout.Share, rng.Fork("carve"));
            var epochs = options.Int("epochs", name == "ccl" ? 100 : 400);
            if (!options.Has("given"))
            {
                var (model, recipe, settings) = Make(name, layers, train, options);
                var task = new RankingTask(train, held);
                var best = recipe(train, rng, epochs, at =>
                {
                    var figure = Judge(task, model, at)[Main.Name];
                    Console.Error.WriteLine(Invariant($"validation {figure:F4} after {Figure.Since(start):F0} s"));
                    return figure;
                });
                epochs = best.BestEpoch;
                Print("validation", $"{settings}, {epochs} epochs", Judge(task, model, best.At), null);
            }
            if (options.Has("validate")) continue;
            var (full, fit, text) = Make(name, layers, data.Interactions, options);
            var at = fit(data.Interactions, rng, epochs, null).At;
            Print("test", $"{text}, {epochs} epochs", Judge(new RankingTask(data.Interactions, data.Test!), full, at), Published(name, layers));

            void Print(string part, string settings, RankingResult result, (double Recall, double Gain)? published)
            {
                new Figure("gowalla", name, settings, seed, part, Metrics[0].Name, result[Metrics[0].Name], published?.Recall, Figure.Since(start)).Print();
                new Figure("gowalla", name, settings, seed, part, Metrics[1].Name, result[Metrics[1].Name], published?.Gain, Figure.Since(start)).Print();
            }
        }
        return 0;
    }

    private static RankingResult Judge(RankingTask task, IModel model, Point at) => task.Judge(new PointRecommender(model, at, task.Popularity), Metrics);

    private static (IModel Model, Recipe Recipe, string Settings) Make(string name, int layers, Interactions train, Arguments options)
    {
        var (d, batch) = (options.Int("dimension", 64), options.Int("batch", name == "mf" ? 512 : 2048));
        UpdateRule rule = name == "mf" ? new Adagrad(options.Float("rate", 0.05f)) : new Adam(options.Float("rate", 0.001f));
        if (name == "mf")
        {
            var (factors, pull) = (new MatrixFactorization(train.UserCount, train.ItemCount, new(d)), options.Float("l2", 0.003f));
            var negatives = options.Has("popular") ? NegativeSampling.Popularity : NegativeSampling.Uniform;
            var text = Invariant($"d {d}, batch {batch}, {rule}, L2 {pull}, {negatives} negatives");
            return (factors, Trained(factors, Objectives.Bpr(factors), (pairs, rng) => new TripleSource(pairs, batch, rng, negatives), options, rule, pull), text);
        }
        var deviation = options.Float("deviation", name == "ccl" ? 0.0001f : 0.1f);             // short rows turn fast, and an angle is all that counts
        var graph = new LightGcn(train, new(layers, d, deviation));
        var about = Invariant($"{layers} layers, d {d}, start {deviation}, batch {batch}, {rule}");
        switch (name)
        {
            case "lightgcn":
                var decay = options.Float("l2", 0.0001f);
                var bpr = Objectives.Bpr(graph).WithRowDecay(graph.Users, graph.Items, decay);
                return (graph, Trained(graph, bpr, (pairs, rng) => new TripleSource(pairs, batch, rng), options, rule, 0), Invariant($"{about}, L2 {decay}"));
            case "ccl":
                var (drawn, margin, weight) = (options.Int("drawn", 1000), options.Float("margin", 0.9f), options.Float("weight", 1000));
                var (model, l2) = (new CosineModel(graph), options.Float("l2", 0));
                var loss = Objectives.Contrastive(model, margin, weight);
                var settings = Invariant($"{about}, {drawn} drawn, margin {margin}, weight {weight}, L2 {l2}");
                return (model, Trained(model, loss, (pairs, rng) => new ContrastiveSource(pairs, batch, drawn, rng), options, rule, l2), settings);
            default:
                throw new ArgumentException($"There is no model '{name}': name mf, lightgcn or ccl.");
        }
    }

    private static Recipe Trained<TBatch>(
        IModel model, Objective<TBatch> objective, Func<Interactions, Rng, IBatchSource<TBatch>> source, Arguments options, UpdateRule rule, float l2)
        where TBatch : IBatch => (train, rng, epochs, judge) =>
    {
        var training = new TrainingOptions
        {
            Rule = rule, ValidateEvery = options.Int("every", 5), Patience = judge is null ? 0 : options.Int("patience", 4),
            L2 = l2, Ahead = Team.Threads > 1, Averaging = options.Has("mean") ? new(options.Int("mean", 0), options.Float("forget", 1)) : null,
        };
        var trainer = new Trainer<TBatch>(source(train, rng.Fork("batches")), [new("all", epochs, objective)], training);
        return trainer.Run(model.Start(rng.Fork("start")), rng, judge, new EpochLines());
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

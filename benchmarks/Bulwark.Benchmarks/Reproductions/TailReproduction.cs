using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Rare products of the generated shop, whose pictures a model knows (VBPR): each product with fewer than the median of users gets neighbors in training, made
/// by a generator of pictures given the category. Recall@10 of the rare products, among all products and among themselves, and of all, with paired tests over
/// shops. Beside it stand no neighbors, neighbors with the very same picture (oversampling), with noise as far from it as the generator's, and the generator
/// without a critic. Settings were chosen by <c>--validate</c>, on rows carved from training. <c>--copies n</c>, <c>--radius r</c>, <c>--seeds 1,2,3,4,5</c>.
/// </summary>
internal static class TailReproduction
{
    private const string Gan = "gan";
    private static readonly string[] _ways = ["none", "oversampling", "noise", "autoencoder", Gan];
    private static readonly Metric _recall = RankingMetrics.Recall(10);

    public static int Run(string[] args)
    {
        var (options, start) = (new Arguments(args), Stopwatch.GetTimestamp());
        var found = _ways.ToDictionary(way => way, _ => new List<(double Tail, double Among, double All)>());
        foreach (var seed in options.Seeds())
        {
            var shop = GeneratedShop.Create(new ShopOptions(Shoppers: options.Int("shoppers", 1000), Products: options.Int("products", 500)), seed);
            var split = Splits.ByShare(shop.Dataset.Interactions.DistinctPairs(), 0.8, new Rng(seed));
            if (options.Has("validate")) split = Splits.ByShare(split.Train, 0.8, new Rng(seed).Fork("validation"));
            var neighbors = Neighbors(shop.Media.Pictures, options, new Rng(seed).Fork("neighbors"));
            foreach (var way in _ways) found[way].Add(Judged(way, split, Vectors(shop.Media.Pictures), neighbors, options, new Rng(seed)));
        }
        foreach (var way in _ways)
        {
            Print(way, "recall@10 of rare products", [.. found[way].Select(one => one.Tail)]);
            Print(way, "recall@10 among rare products", [.. found[way].Select(one => one.Among)]);
            Print(way, "recall@10", [.. found[way].Select(one => one.All)]);
            if (way == Gan || found[way].Count < 2) continue;
            Compare(way, "of rare products", one => one.Tail);
            Compare(way, "among rare products", one => one.Among);
        }
        return 0;

        void Compare(string way, string what, Func<(double Tail, double Among, double All), double> of)
        {
            double[] own = [.. found[Gan].Select(of)], control = [.. found[way].Select(of)];
            Print($"{Gan} over {way}", $"gain {what}", [own.Average() / control.Average() - 1]);
            Print($"{Gan} over {way}", $"p {what}", [Significance.StudentT(own, control).P]);
        }

        void Print(string way, string metric, double[] values)
        {
            var spread = Spread.Of(values);
            new Figure("tail", way, FormattableString.Invariant($"{spread.Count} of deviation {spread.Deviation:F4}"), options.Seeds()[0],
                options.Has("validate") ? "validation" : "test", metric, spread.Mean, null, Figure.Since(start)).Print();
        }
    }

    private static (double Tail, double Among, double All) Judged(
        string way, Split split, Tensor pictures, Dictionary<string, ItemNeighbors> neighbors, Arguments options, Rng rng)
    {
        var counts = split.Train.ItemCounts();
        var median = counts.Order().ElementAt(counts.Length / 2);
        var (train, features) = way == "none" ? (split.Train, pictures)
            : new TailNeighbors(median, options.Int("copies", 1)).Of(split.Train, pictures, neighbors[way], rng.Fork("near"));
        var model = new Vbpr(train.UserCount, features, train.ItemCounts(), new(Shrink: 5));
        var stage = new Stage<Triples>("vbpr", options.Int("epochs", 20), Objectives.Bpr(model));
        var at = new Trainer<Triples>(new TripleSource(train, 512, rng.Fork("batches")), [stage], new() { Rule = new Adagrad(0.05f), L2 = 0.001f, Ahead = false })
            .Run(model.Start(rng.Fork("start")), rng.Fork("training")).At;
        var recommender = new PointRecommender(model, at, new Popularity(train.UserCount, train.ItemCounts()));
        var made = Enumerable.Range(split.Train.ItemCount, train.ItemCount - split.Train.ItemCount).ToArray();
        int[] common = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] >= median)];
        var rare = split.Test.Select([.. Enumerable.Range(0, split.Test.Count).Where(row => counts[split.Test.Item[row]] < median)]);
        return (Recall(rare, made), Recall(rare, [.. common, .. made]), Recall(split.Test, made));

        double Recall(Interactions test, int[] masked) => FullRanking.Evaluate(recommender, RankingTask.Rows(test), UserRows.Of(
            Enumerable.Range(0, train.UserCount).Select(user => split.Train.ByUser.SortedItems(user).ToArray().Concat(masked))), [_recall])[_recall.Name];
    }

    private static Dictionary<string, ItemNeighbors> Neighbors(LabeledInputs pictures, Arguments options, Rng rng)
    {
        var (x, radius) = (Vectors(pictures), options.Float("radius", 0.2f));
        var gan = new FeatureGan(new(pictures.Input.Count, x.Values.ToArray(), pictures.Labels.ToArray()), pictures.Labels.ToArray().Max() + 1, new());
        var (sampler, alone) = (gan.Train(rng).Sampler, gan.TrainAlone(rng));
        ItemNeighbors By(FeatureSampler one) => (items, chance) =>
            one.Near(x.Rows(items), new Ids([.. items.Rows.ToArray().Select(item => pictures.Labels[item])]), radius, chance);
        var near = By(sampler);
        return new()
        {
            [Gan] = near, ["autoencoder"] = By(alone), ["oversampling"] = (items, _) => x.Rows(items),
            ["noise"] = (items, chance) =>
            {
                var own = x.Rows(items);
                var far = MathF.Sqrt(own.SquaredError(near(items, chance)).Item() / own.Shape.Count);
                return own + Tensor.Gaussian(own.Shape, far, chance);
            },
        };
    }

    /// <summary>Pictures as rows, each pixel less its mean.</summary>
    private static Tensor Vectors(LabeledInputs pictures)
    {
        var x = MnistGanReproduction.Inputs(pictures, 0, pictures.Count).Reshape((pictures.Count, pictures.Input.Count));
        return (x - x.Mean(0, keep: true)).Keep();
    }
}

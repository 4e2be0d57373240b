using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Sellers who say something else of an item on the generated shop: its category and brand, each another one, and its price, at least one cent, to lift it in the
/// lists of a factorization beside features (VBPR). Plain, and hardened by steps on the features of both items of a triple (AMR: Tang et al. 2020).
/// </summary>
internal static class FeatureAttackReproduction
{
    private static readonly string[] Columns = ["category", "brand", "price"];
    private static readonly Metric[] Metrics = [RankingMetrics.Recall(10)];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var shop = GeneratedShop.Create(new ShopOptions(), 1).Dataset;
        var split = Splits.ByTime(shop.Interactions.DistinctPairs(), 0.8);
        var (train, test) = (split.Train, split.Test);
        var table = shop.Items!.Align(train.Items);
        var (features, layout) = (AttributeVectors.Of(table, Columns).ToTensor().Keep(), AttributeVectors.Layout(table, Columns));
        Console.WriteLine($"{"seed",-6}{"model",-12}{"recall@10",-12}{"target hr@10",-15}{"attacked",-11}{"rank",-8}{"attacked"}");
        foreach (var seed in options.Seeds())
        {
            var rng = new Rng(seed);
            int[] targets = [.. Enumerable.Range(0, train.ItemCount)];
            rng.Fork("targets").Shuffle<int>(targets);
            targets = targets[..options.Int("targets", 10)];
            var model = new Vbpr(train.UserCount, features, train.ItemCounts(), new(Shrink: 5));
            var amr = new AdversarialTraining(GradientAscent.Fgm, new Threat(new L2Ball(options.Float("epsilon", 1)), model.Features), options.Float("weight", 1));
            foreach (var (name, harden) in new[] { ("plain", false), ("amr", true) })
            {
                var at = Train(train, model, harden ? amr.Harden(Objectives.Bpr(model)) : Objectives.Bpr(model), options, rng);
                var (clean, attacked) = (Exposed(at, targets), targets.Select(target => Exposed(Attacked(model, at, target, train, layout, rng), [target])).ToArray());
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{seed,-6}{name,-12}{new RankingTask(train, test).Judge(Ranking(at), Metrics)["recall@10"],-12:F4}{clean.HitRate(10),-15:F4}"
                    + $"{attacked.Average(one => one.HitRate(10)),-11:F4}{clean.Rank,-8:F0}{attacked.Average(one => one.Rank):F0}"));
            }

            TargetExposure Exposed(Point at, int[] items) => TargetExposure.Of(Ranking(at), RankingTask.Rows(train), items);

            PointRecommender Ranking(Point at) => new(model, at, new Popularity(train.UserCount, train.ItemCounts()));
        }
        return 0;
    }

    /// <summary>The point with the best features of one item within the schema: only its row, categories whole, the price above zero.</summary>
    private static Point Attacked(Vbpr model, Point at, int target, Interactions train, IReadOnlyList<(AttributeColumn Attribute, int First, int Count)> layout, Rng rng)
    {
        var (items, width) = (at[model.Features].Shape[0], at[model.Features].Shape[1]);
        var price = layout.Single(part => part.Attribute.Kind == AttributeKind.Float);
        var prices = price.Attribute.Numbers.ToArray();
        var (mean, deviation) = (prices.Average(x => (double)x), Math.Sqrt(prices.Average(x => (double)x * x) - Math.Pow(prices.Average(x => (double)x), 2)));
        float[] low = new float[width], high = [.. Enumerable.Repeat(1f, width)], immutable = [.. Enumerable.Repeat(1f, items * width)];
        (low[price.First], high[price.First]) = ((float)((0.01 - mean) / deviation), (float)((prices.Max() - mean) / deviation) + 1e-3f);
        Array.Clear(immutable, target * width, width);
        var threat = new Threat(new LinfBall(1), model.Features)
        {
            OneHot = [.. layout.Where(part => part.Attribute.Kind == AttributeKind.Token).Select(part => (part.First, part.Count))],
            Box = new(Tensor.Of((1, width), low), Tensor.Of((1, width), high)),
            Immutable = Tensor.Of((items, width), immutable),
        };
        var people = new Ids([.. Enumerable.Range(0, train.UserCount)]);
        var item = new Ids([.. Enumerable.Repeat(target, train.UserCount)]);
        var move = threat.Project(at, GradientAscent.Pgd(20).Find(point => model.Score(point, people, item).Mean(), at, threat, rng.Fork("attack").Fork(target)));
        threat.Check(at, move);
        return at + move;
    }

    private static Point Train(Interactions train, Vbpr model, Objective<Triples> objective, Arguments options, Rng rng)
    {
        var source = new TripleSource(train, 1024, rng.Fork("batches"), NegativeSampling.Popularity);
        var trainer = new Trainer<Triples>(source, [new("bpr", options.Int("epochs", 10), objective)], new() { Rule = new Adagrad(0.05f), L2 = 0.01f, Ahead = false });
        return trainer.Run(model.Start(rng.Fork("start")), rng).At;
    }
}

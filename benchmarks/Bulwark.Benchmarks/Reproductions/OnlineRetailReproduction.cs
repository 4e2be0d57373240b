using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Models.Factorization;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Products that few have bought: what titles are worth. Learned from the earliest four fifths of the lines of a shop's year; the later purchases of products
/// with at most five buyers until then, none included, are ranked among the whole catalog, and among those products alone. Settings were chosen with
/// <c>--validate</c>, which parts the training lines again in the same way.
/// </summary>
internal static class OnlineRetailReproduction
{
    private const int Few = 5;
    private const double Share = 0.8;
    private static readonly Metric[] Metrics = [RankingMetrics.Recall(10), RankingMetrics.Recall(20), RankingMetrics.Ndcg(20)];

    /// <summary>What to learn from, what to find, and which products are on the shelf of few buyers.</summary>
    private sealed record World(Interactions Train, UserRows Seen, UserRows Test, bool[] OnShelf, string[] Titles);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var clock = Stopwatch.StartNew();
        var retail = OnlineRetail.Read(Path.Combine(DataFolder.Find(options, "online-retail"), "online_retail.csv.gz"));
        var (lines, test) = OnlineRetail.ByTime(retail.Purchases, Share);
        if (options.Has("validate")) (lines, test) = OnlineRetail.ByTime(lines, Share);
        var train = lines.DistinctPairs();
        bool[] shelf = [.. train.ItemCounts().Select(count => count <= Few)];
        int[] rows = [.. Enumerable.Range(0, test.Count).Where(row => shelf[test.Item[row]])];
        var world = new World(train, RankingTask.Rows(train), RankingTask.Rows(test.Select(rows)), shelf, retail.Titles);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(options.Has("validate") ? "validation" : "test")}: {train.Count} training pairs of {train.UserCount} customers and {train.ItemCount} products, "
            + $"{shelf.Count(few => few)} of them with at most {Few} buyers; {rows.Length} purchases of those to find"));
        Console.WriteLine($"{"",-34}{"whole catalog",-34}{"those products alone"}");
        Console.WriteLine($"{"model",-34}{string.Concat(Metrics.Select(metric => $"{metric.Name,-11}")),-34}{string.Concat(Metrics.Select(metric => $"{metric.Name,-11}"))}");
        foreach (var seed in options.Seeds()) Compare(world, options, new Rng(seed), clock);
        return 0;
    }

    private static void Compare(World world, Arguments options, Rng rng, Stopwatch clock)
    {
        var (train, titles) = (world.Train, world.Titles);
        var terms = new TextVectorizer(titles, new WordTokenizer(), options.Int("fewest", 2));
        var (tfidf, only) = (terms.TfIdf(titles), options.Text("model"));
        var encoder = new Lazy<TextEncoder>(() => SmallEncoder.Learn(titles, options, rng.Fork("encoder")));
        var vectors = new Lazy<Tensor>(() => encoder.Value.Vectors(titles));
        var encoded = new Lazy<Tensor>(() => ItemVectors.Whitened(vectors.Value));
        var results = new Dictionary<string, (RankingResult All, RankingResult Few)>();
        Add("popularity", () => new Popularity(train.UserCount, train.ItemCounts()));
        Add("factorization", () => Train(world, new MatrixFactorization(train.UserCount, train.ItemCount, new()), options, rng));
        Add("content, TF-IDF", () => ContentRecommender.Cosine(train, tfidf));
        Add("content, BM25", () => ContentRecommender.Bm25(train, terms.Counts(titles), terms.Bm25(titles)));
        Add("content, encoder", () => At(world, new ContentModel(train, encoded.Value)));
        Add("hybrid, TF-IDF", () => Train(world, Hybrid(tfidf.ToTensor()), options, rng));
        Add("hybrid, encoder", () => Train(world, Hybrid(Unit(encoded.Value)), options, rng));
        Add("tower, TF-IDF frozen", () => Train(world, Tower(new GivenItems(tfidf.ToTensor())), options, rng));
        Add("tower, encoder frozen", () => Train(world, Tower(Whitened(new GivenItems(vectors.Value))), options, rng));
        Add("tower, encoder fine-tuned", () => Train(
            world, Tower(Whitened(new TextItems(encoder.Value.Folder, titles, encoder.Value.Longest))), options, rng));
        foreach (var floor in new[] { "popularity", "factorization" })
            foreach (var name in results.Keys.Where(name => name[0] is 'c' or 'h' or 't')) Against(name, floor);
        Against("content, encoder", "content, TF-IDF");
        Against("hybrid, encoder", "hybrid, TF-IDF");
        foreach (var other in new[] { "tower, encoder frozen", "tower, TF-IDF frozen", "content, TF-IDF", "content, encoder", "hybrid, TF-IDF" })
            Against("tower, encoder fine-tuned", other);
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s");

        Vbpr Hybrid(Tensor features) => new(train.UserCount, features, train.ItemCounts(), new(
            options.Int("d", 32), options.Int("k", 64), Shrink: options.Float("shrink", 5)));

        ItemTower Tower(IItemEncoder items) => new(train, items, new(
            options.Int("own", 0), items.Dimension, Shrink: options.Float("shrink", 5), Profile: options.Float("profile", 5)));

        WhitenedItems Whitened(IItemEncoder items)
        {
            var (mean, map) = ItemVectors.WhiteningOf(vectors.Value);
            return new(items, mean, map);
        }

        void Add(string name, Func<IRecommender> model)
        {
            if (only is not null && !name.Contains(only)) return;
            var recommender = model();
            var (all, few) = results[name] = (Judge(recommender), Judge(new Shelf(recommender, world.OnShelf)));
            Console.WriteLine($"{name,-34}{Figures(all),-34}{Figures(few)}");
        }

        void Against(string name, string other)
        {
            if (!results.TryGetValue(name, out var a) || !results.TryGetValue(other, out var b)) return;
            const string metric = "recall@20";
            var (all, few) = (Significance.StudentT(a.All.PerUser(metric), b.All.PerUser(metric)), Significance.StudentT(a.Few.PerUser(metric), b.Few.PerUser(metric)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{metric}, {name} less {other}: {all.Difference:+0.0000;-0.0000} (p {all.P:G2}) among all, {few.Difference:+0.0000;-0.0000} (p {few.P:G2}) among few"));
        }

        RankingResult Judge(IRecommender recommender) => FullRanking.Evaluate(recommender, world.Test, world.Seen, Metrics);
    }

    /// <summary>Rows of length 1, as those of TF-IDF are.</summary>
    private static Tensor Unit(Tensor rows) => rows / rows.NormOfRows().Reshape((rows.Shape[0], 1));

    private static string Figures(RankingResult result) =>
        string.Concat(Metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{result[metric.Name],-11:F4}")));

    private static IRecommender Train(World world, IPairModel model, Arguments options, Rng rng)
    {
        var start = model.Start(rng.Fork("start"));
        var source = new TripleSource(
            world.Train, options.Int("batch", 1024), rng.Fork("batches"), options.Has("uniform") ? NegativeSampling.Uniform : NegativeSampling.Popularity);
        var (epochs, settings) = model is ItemTower
            ? (options.Int("tower-epochs", 5), new TrainingOptions { Rule = new Adam(options.Float("tower-rate", 0.001f)), L2 = options.Float("tower-l2", 0) })
            : (options.Int("epochs", 10), new TrainingOptions { Rule = new Adagrad(options.Float("rate", 0.05f)), L2 = options.Float("l2", 0.01f) });
        var trainer = new Trainer<Triples>(source, [new("bpr", epochs, Objectives.Bpr(model))], settings with { ValidateEvery = options.Int("every", 0) });
        var at = trainer.Run(start, rng, Watch).At;
        return At(world, model, at);

        double Watch(Point at)
        {
            var result = FullRanking.Evaluate(At(world, model, at), world.Test, world.Seen, Metrics);
            var few = FullRanking.Evaluate(new Shelf(At(world, model, at), world.OnShelf), world.Test, world.Seen, Metrics);
            Console.Error.WriteLine($"  {Figures(result)} {Figures(few)}");
            return 0;
        }
    }

    private static PointRecommender At(World world, IModel model, Point? at = null) =>
        new(model, at ?? model.Start(new Rng(0)), new Popularity(world.Train.UserCount, world.Train.ItemCounts()));

    /// <summary>A recommender that offers some products alone.</summary>
    private sealed class Shelf(IRecommender inner, bool[] offered) : IRecommender
    {
        public int UserCount => inner.UserCount;

        public int ItemCount => inner.ItemCount;

        public void Score(ReadOnlySpan<int> users, Span<float> scores)
        {
            inner.Score(users, scores);
            for (var at = 0; at < users.Length * ItemCount; at++)
                if (!offered[at % ItemCount]) scores[at] = float.NegativeInfinity;
        }

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new NotSupportedException("The shelf is for known customers.");
    }
}

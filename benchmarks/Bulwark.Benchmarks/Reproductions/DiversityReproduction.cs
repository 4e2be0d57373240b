using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Reranking;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Lists of ML-100K that answer generated wishes: a GAN learns which genres a user's next item has from the mean of the genres of their others, and
/// <see cref="WishCoverage"/> covers 32 draws for each user while items keep apart. Beside it stand wishes without a GAN (the items of the history themselves, and the
/// history's mean with noise), no wishes, and MMR, all over the cosine of genres and in the order of scores. Each way has one setting for all seeds, that with the
/// most diversity at half a percent less NDCG@10 than plain BPR-MF on a part carved from training: half of what may be lost, for validation is not exact.
/// Each seed parts the ratings anew. <c>--validate</c> does all of this within the training part of each; <c>--loss share</c>, <c>--seeds 1,2,3</c>,
/// <c>--epochs n</c>, <c>--game n</c>.
/// </summary>
internal static class DiversityReproduction
{
    private const int K = 10, Wished = 32, Latent = 8, Batch = 256;
    private static readonly float[] Lambdas = [1, 0.95f, 0.9f, 0.85f, 0.825f, 0.8f, 0.775f, 0.75f, 0.725f, 0.7f, 0.65f];
    private static readonly float[] WishLambdas = [1, 0.6f, 0.5f, 0.4f, 0.3f, 0.2f, 0.1f];
    private static readonly float[] Aparts = [0, 0.05f, 0.1f, 0.15f, 0.2f, 0.25f, 0.3f, 0.35f, 0.4f, 0.5f, 0.6f, 0.7f];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var data = DatasetReader.Open(DataFolder.Find(options, "ml-100k"));
        var (rows, validate) = (data.Interactions.DistinctPairs(), options.Has("validate"));
        var genres = Genres(data.Items!.Align(data.Interactions.Items));
        var seeds = options.Seeds();
        var splits = seeds.Select(seed => validate ? Carved(seed) : Splits.ByShare(rows, 0.8, new Rng(seed))).ToArray();
        var choose = seeds.Zip(splits, (seed, split) => new World(Splits.ByShare(split.Train, 0.8, new Rng(seed).Fork("validation")), genres, options, seed)).ToArray();
        var measure = seeds.Zip(splits, (seed, split) => new World(split, genres, options, seed)).ToArray();
        foreach (var way in World.Ways)
        {
            var setting = Best(way, choose, options.Float("loss", 0.005f));
            foreach (var (seed, world) in seeds.Zip(measure))
            {
                var (start, plain, result) = (Stopwatch.GetTimestamp(), world.Plain, world.At(way, setting));
                foreach (var (metric, value) in result)
                {
                    Print(metric, value);
                    Print($"{metric}, change", value / plain[metric] - 1);
                }

                void Print(string metric, double value) => new Figure(
                    "diversity", way, $"λ {setting.Lambda}, ρ {setting.Apart}", seed, validate ? "validation" : "test", metric, value, null, Figure.Since(start)).Print();
            }
        }
        return 0;

        Split Carved(ulong seed) => Splits.ByShare(Splits.ByShare(rows, 0.8, new Rng(seed)).Train, 0.8, new Rng(seed).Fork("carve"));
    }

    /// <summary>The setting with the most diversity among those that lose little NDCG, both in the mean over worlds.</summary>
    private static (float Lambda, float Apart) Best(string way, World[] worlds, double loss)
    {
        var settings = way == "MMR" ? Lambdas.Select(lambda => (lambda, 0f))
            : from lambda in way == "apart alone" ? [1] : WishLambdas from apart in Aparts select (lambda, apart);
        return settings
            .Select(setting => (Setting: setting, Changes: worlds.Select(world => world.Changes(way, setting)).ToArray()))
            .Where(one => one.Changes.Average(change => change.Ndcg) >= -loss)
            .MaxBy(one => one.Changes.Average(change => change.Diversity)).Setting;
    }

    /// <summary>(items, genres): 1 where an item has the genre.</summary>
    private static Tensor Genres(AttributeTable items)
    {
        string[][] own = [.. items["class"].Texts.ToArray().Select(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        string[] names = [.. own.SelectMany(genres => genres).Distinct().Order(StringComparer.Ordinal)];
        return new SparseRows(names.Length, own.Select(genres => genres.Select(genre => (Array.IndexOf(names, genre), 1f)))).ToTensor();
    }

    /// <summary>A factorization trained on one part, a GAN beside it, and the other part to be found.</summary>
    private sealed class World
    {
        private readonly Split _split;
        private readonly Tensor _genres;
        private readonly IRecommender _plain;
        private readonly Func<int, int, double> _distance;
        private readonly MlpGenerator _generator;
        private readonly Point _at;
        private readonly Tensor _codes, _noise;

        public World(Split split, Tensor genres, Arguments options, ulong seed)
        {
            var rng = new Rng(seed);
            (_split, _genres) = (split, genres.Keep());
            var width = genres.Shape[1];
            _distance = ItemDistance.Cosine(_genres.Values.ToArray(), width);
            (_codes, _noise) = (Tensor.Gaussian((Wished, Latent), 1, rng.Fork("codes")).Keep(), Tensor.Gaussian((Wished, width), 0.3f, rng.Fork("noise")).Keep());
            _generator = new(Latent, [64, 64], width, width) { Range = Functions.Sigmoid };
            (_plain, _at) = (Factorization(split.Train, options, rng.Fork("factorization")), Game(options, rng.Fork("gan")));
        }

        public static string[] Ways => ["MMR", "apart alone", "history as wishes", "noise as wishes", "GAN wishes"];

        public IReadOnlyDictionary<string, double> Plain => field ??= Judged(_plain);

        public (double Ndcg, double Diversity) Changes(string way, (float Lambda, float Apart) setting)
        {
            var result = At(way, setting);
            return (result[Ndcg] / Plain[Ndcg] - 1, result[Diversity] / Plain[Diversity] - 1);
        }

        public IReadOnlyDictionary<string, double> At(string way, (float Lambda, float Apart) setting) =>
            Judged(new Reranked(_plain, _split.Train.ByUser, InScoreOrder.Of(Way(way, setting.Lambda, setting.Apart)), K));

        private Rerank Way(string name, float lambda, float apart) => name switch
        {
            "MMR" => MarginalRelevance.At(_distance, lambda),
            "apart alone" => WishCoverage.At(_ => _noise, _genres, lambda, apart),
            "history as wishes" => WishCoverage.At(history => _genres.Rows(new Ids(history.ToArray())), _genres, lambda, apart),
            "noise as wishes" => WishCoverage.At(history => Profile(history) + _noise, _genres, lambda, apart),
            _ => WishCoverage.At(history => _generator.Decode(_at, _codes, Profile(history).ExpandTo((Wished, _genres.Shape[1]))), _genres, lambda, apart),
        };

        private IReadOnlyDictionary<string, double> Judged(IRecommender model) => FullRanking.Evaluate(
            model, RankingTask.Rows(_split.Test), RankingTask.Rows(_split.Train), [RankingMetrics.Ndcg(K)],
            [ListMetrics.Diversity(K, _distance), ListMetrics.Coverage(K), ListMetrics.Novelty(K, _split.Train.ItemCounts())]).Means;

        private static string Ndcg => RankingMetrics.Ndcg(K).Name;

        private static string Diversity => $"diversity@{K}";

        /// <summary>The mean of the genres of these items: (1, genres).</summary>
        private Tensor Profile(ReadOnlySpan<int> history) => _genres.Rows(new Ids(history.ToArray())).Mean(0, keep: true);

        private static PointRecommender Factorization(Interactions train, Arguments options, Rng rng)
        {
            var model = new MatrixFactorization(train.UserCount, train.ItemCount, new(32));
            var stage = new Stage<Triples>("all", options.Int("epochs", 30), Objectives.Bpr(model));
            var trainer = new Trainer<Triples>(new TripleSource(train, 512, rng.Fork("batches")), [stage], new() { Rule = new Adagrad(0.05f), L2 = 0.001f });
            return new(model, trainer.Run(model.Start(rng.Fork("start")), rng).At, new Popularity(train.UserCount, train.ItemCounts()));
        }

        /// <summary>WGAN-GP over [genres of an item ; mean genres of the user's others].</summary>
        private Point Game(Arguments options, Rng rng)
        {
            var (train, width) = (_split.Train, _genres.Shape[1]);
            var genres = _genres.Values;
            var values = new float[train.Count * 2 * width];
            for (var row = 0; row < train.Count; row++)
            {
                var to = values.AsSpan(row * 2 * width, 2 * width);
                var others = train.ByUser.Items(train.User[row]);
                genres.Slice(train.Item[row] * width, width).CopyTo(to);
                foreach (var other in others)
                    for (var g = 0; other != train.Item[row] && g < width; g++) to[width + g] += genres[other * width + g] / Math.Max(1, others.Length - 1);
            }
            var critic = new MlpCritic(width, [64, 64], width);
            var source = new InputSource(new LabeledInputs(2 * width, values, new int[train.Count]), Batch, rng.Fork("batches"));
            var (epochs, rule) = (options.Int("game", 15), new Adam(1e-3f, 0, 0.9f));
            var settings = new GameOptions(epochs)
            {
                CriticSteps = 3, Critic = rule, Generator = rule, Averaging = 0.99f, Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch, 0.02f),
                Ahead = Team.Threads > 1,
            };
            var gan = new Gan(_generator, critic, AdversarialLoss.Wasserstein, 10);
            return new GameTrainer<InputBatch>(source, gan.On(Examples.Paired(width)), settings).Run(
                critic.Start(rng.Fork("critic")), _generator.Start(rng.Fork("generator")), rng.Fork("game"), null, new EpochLines()).Generator;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative.Behavior;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Cold start on ML-100K: a fifth of the users is cut to k random training actions, one fifth after the other, so that every user is cold once; their short histories
/// are lengthened in training by the generator, which learned from the other users, or by a control (their own actions repeated, random items, items drawn by
/// popularity, the most popular ones, or the generator's autoencoder without a critic), or not at all; NDCG@10 of the cold users, with a paired test
/// over all users against none and against each control. What was cut away counts neither as found nor as missed. <c>--actions 1,3,5</c>,
/// <c>--model bpr,ease</c>, <c>--by …</c>, <c>--length n</c>, <c>--codes n</c>;
/// <c>--folds n</c> for fewer; <c>--validate</c> measures on rows carved from training, where settings were chosen.
/// </summary>
internal static class ColdStartReproduction
{
    private const int Folds = 5;
    private const string None = "none", Repeated = "oversampling", Noise = "noise", Popular = "popular";
    private static readonly Metric _ndcg = RankingMetrics.Ndcg(10);

    public static int Run(string[] args)
    {
        var (options, start) = (new Arguments(args), Stopwatch.GetTimestamp());
        var (validation, test) = LinearTable.All["ml-100k-ranking"].Open(options, int.MaxValue);
        var part = (options.Has("validate") ? validation : test).Value;
        var models = (options.Text("model") ?? "bpr,ease").Split(',');
        var actions = (options.Text("actions") ?? "1,3,5").Split(',').Select(int.Parse).ToArray();
        var ways = options.Text("by")?.Split(',') ?? [None, Repeated, Noise, BehaviorSamplers.Popularity, Popular, BehaviorSamplers.Autoencoder, BehaviorSamplers.Gan];
        var lengths = (options.Text("length") ?? "20").Split(',').Select(int.Parse).ToArray();
        var found = new Dictionary<(string Model, int Actions, string Way), SortedDictionary<int, double>>();
        for (var fold = 0; fold < options.Int("folds", Folds); fold++)
        {
            var (rng, number) = (new Rng((ulong)fold + 1), fold);
            int[] users = [.. Enumerable.Range(0, part.Train.UserCount)];
            new Rng(1).Fork("folds").Shuffle<int>(users);
            var cold = users.Where((_, n) => n % Folds == number).ToHashSet();
            var warm = Rows(part.Train, row => !cold.Contains(part.Train.User[row]));
            var samplers = new Dictionary<string, ProfileSampler>();
            foreach (var k in actions)
            {
                var train = Cut(part.Train, cold, k, rng.Fork("cut"));
                foreach (var model in models)
                    foreach (var way in ways)
                        foreach (var length in way == None ? lengths[..1] : lengths)
                        {
                            var recommender = Fit(model, Augmented(way, train, warm, k, length), (ulong)fold + 1);
                            var result = part.Task.Judge(recommender, [_ndcg]);
                            var key = (model, k, way == None || lengths.Length == 1 ? way : $"{way}-{length}");
                            if (!found.TryGetValue(key, out var values)) found[key] = values = [];
                            foreach (var (n, user) in result.Users.Index())
                                if (cold.Contains(user)) values[user] = result.PerUser(_ndcg.Name)[n];
                        }
            }

            Interactions Augmented(string way, Interactions train, Interactions warm, int k, int length)
            {
                var lengthening = new Lengthening(k + 1, length) { Codes = way is Noise or BehaviorSamplers.Popularity ? 0 : options.Int("codes", 16) };
                return way switch
                {
                    None => train,
                    Repeated => lengthening.Repeated(train),
                    _ => lengthening.Of(train, Sampler(way), rng.Fork("lengthening")),
                };
            }

            ProfileSampler Sampler(string way) => samplers.TryGetValue(way, out var known) ? known : samplers[way] = way == Noise
                ? new(part.Train.ItemCount, (given, _) => Tensor.Zeros((given.Shape[0], part.Train.ItemCount)))
                : BehaviorSamplers.Train(way == Popular ? BehaviorSamplers.Popularity : way, warm, options, rng.Fork(way));
        }
        foreach (var ((model, k, way), values) in found) Print(model, k, way, [.. values.Values]);
        return 0;

        void Print(string model, int k, string way, double[] values)
        {
            var settings = string.Create(CultureInfo.InvariantCulture, $"{way}, {k} actions");
            new Figure("cold-start", model, settings, 1, part.Name, _ndcg.Name, values.Average(), null, Figure.Since(start)).Print();
            if (!way.StartsWith(BehaviorSamplers.Gan, StringComparison.Ordinal)) return;
            foreach (var ((_, _, other), control) in found.Where(one => one.Key.Model == model && one.Key.Actions == k && one.Key.Way != way))
            {
                var against = control.Values.ToArray();
                var paired = Significance.StudentT(values, against);
                new Figure("cold-start", model, $"{settings}, over {other}", 1, part.Name, "gain", values.Average() / against.Average() - 1, null, Figure.Since(start)).Print();
                new Figure("cold-start", model, $"{settings}, over {other}", 1, part.Name, "p", paired.P, null, Figure.Since(start)).Print();
            }
        }
    }

    private static IRecommender Fit(string model, Interactions train, ulong seed)
    {
        if (model != "bpr") return LinearTable.All["ml-100k-ranking"].Models.Single(one => one.Name == model).Chosen.Fit(train);
        var (mf, rng) = (new MatrixFactorization(train.UserCount, train.ItemCount, new(64, true)), new Rng(seed));
        var source = new TripleSource(train, 512, rng.Fork("batches"), NegativeSampling.Uniform);
        var options = new TrainingOptions { Rule = new Adagrad(0.05f), Ahead = Team.Threads > 1 };
        var at = new Trainer<Triples>(source, [new("bpr", 20, Objectives.Bpr(mf))], options).Run(mf.Start(rng.Fork("start")), rng).At;
        return new PointRecommender(mf, at, new Popularity(train.UserCount, train.ItemCounts()));
    }

    /// <summary>The same rows, but of each cold user only so many random ones.</summary>
    private static Interactions Cut(Interactions train, HashSet<int> cold, int k, Rng rng)
    {
        var kept = new HashSet<int>();
        foreach (var user in cold.Order())
        {
            var rows = train.ByUser.Rows(user).ToArray();
            rng.Fork(user).Shuffle<int>(rows);
            kept.UnionWith(rows.Take(k));
        }
        return Rows(train, row => !cold.Contains(train.User[row]) || kept.Contains(row));
    }

    private static Interactions Rows(Interactions all, Func<int, bool> taken) => all.Select([.. Enumerable.Range(0, all.Count).Where(taken)]);
}

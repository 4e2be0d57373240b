using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Cold start on ML-100K, or with <c>--data-set online-retail</c> on a shop's year: a fifth of the users is cut to k random training actions, one fifth after
/// the other, so that every user is cold once; their short histories are lengthened in training by the generator, which learned from the other users, or by a
/// control (their own actions repeated, random items, items drawn by popularity, the most popular ones, or the generator's autoencoder without a critic), or not at
/// all; NDCG@10 of the cold users, with a paired test over all users against none and against each control. What was cut away counts neither as found nor as
/// missed. <c>--actions 1,3,5</c>, <c>--model bpr,ease</c>, <c>--by …</c>, <c>--length n</c>, <c>--codes n</c>; <c>--folds n</c> takes fewer fifths;
/// <c>--validate</c> measures on rows carved from training, where settings were chosen.
/// </summary>
internal static class ColdStartReproduction
{
    private const int Folds = 5;
    private const string None = "none", Repeated = "oversampling", Noise = "noise", Popular = "popular";
    private static readonly Metric _ndcg = RankingMetrics.Ndcg(10);

    public static int Run(string[] args)
    {
        var (options, start) = (new Arguments(args), Stopwatch.GetTimestamp());
        var world = ColdWorld.Of(options);
        var part = world.Part;
        var models = (options.Text("model") ?? "bpr,ease").Split(',');
        var actions = (options.Text("actions") ?? "1,3,5").Split(',').Select(int.Parse).ToArray();
        var ways = options.Text("by")?.Split(',') ?? [None, Repeated, Noise, BehaviorSamplers.Popularity, Popular, BehaviorSamplers.Autoencoder, BehaviorSamplers.Gan];
        var found = new Dictionary<(string Model, int Actions, string Way), SortedDictionary<int, double>>();
        for (var n = 0; n < options.Int("folds", Folds); n++)
        {
            var fold = new Fold(n, part.Train, options);
            foreach (var (k, model, way) in from k in actions from model in models from way in ways select (k, model, way))
            {
                var result = part.Task.Judge(world.Fit(model, fold.Augmented(way, k), fold.Seed), [_ndcg]);
                if (!found.TryGetValue((model, k, way), out var values)) found[(model, k, way)] = values = [];
                foreach (var (at, user) in result.Users.Index())
                    if (fold.Cold.Contains(user)) values[user] = result.PerUser(_ndcg.Name)[at];
            }
        }
        foreach (var ((model, k, way), values) in found)
        {
            Print(model, $"{way}, {k} actions", _ndcg.Name, values.Values.Average());
            if (way != BehaviorSamplers.Gan) continue;
            foreach (var ((_, _, other), control) in found.Where(one => one.Key.Model == model && one.Key.Actions == k && one.Key.Way != way))
            {
                Print(model, $"{way}, {k} actions, over {other}", "gain", values.Values.Average() / control.Values.Average() - 1);
                Print(model, $"{way}, {k} actions, over {other}", "p", Significance.StudentT([.. values.Values], [.. control.Values]).P);
            }
        }
        return 0;

        void Print(string model, string settings, string metric, double value) =>
            new Figure("cold-start", model, settings, 1, part.Name, metric, value, null, Figure.Since(start)).Print();
    }

    /// <summary>A fifth of the users who are cold, and the generators that learned from the others.</summary>
    private sealed class Fold
    {
        private readonly Interactions _train, _warm;
        private readonly Arguments _options;
        private readonly Dictionary<string, ProfileSampler> _samplers = [];
        private readonly Rng _rng;

        public Fold(int number, Interactions train, Arguments options)
        {
            int[] users = [.. Enumerable.Range(0, train.UserCount)];
            new Rng(1).Fork("folds").Shuffle<int>(users);
            (_train, _options, Seed, _rng) = (train, options, (ulong)number + 1, new Rng((ulong)number + 1));
            Cold = [.. users.Where((_, n) => n % Folds == number)];
            _warm = Rows(train, row => !Cold.Contains(train.User[row]));
        }

        public ulong Seed { get; }

        public HashSet<int> Cold { get; }

        /// <summary>What is learned from where cold users have k actions.</summary>
        public Interactions Augmented(string way, int k)
        {
            var train = Cut(_train, Cold, k, _rng.Fork("cut"));
            var lengthening = new Lengthening(k + 1, _options.Int("length", 20))
            {
                Codes = way is Noise or BehaviorSamplers.Popularity ? 0 : _options.Int("codes", 16),
            };
            return way switch
            {
                None => train,
                Repeated => lengthening.Repeated(train),
                _ => lengthening.Of(train, Sampler(way), _rng.Fork("lengthening")),
            };
        }

        private ProfileSampler Sampler(string way) => _samplers.TryGetValue(way, out var known) ? known : _samplers[way] = way == Noise
            ? new(_train.ItemCount, (given, _) => Tensor.Zeros((given.Shape[0], _train.ItemCount)))
            : BehaviorSamplers.Train(way == Popular ? BehaviorSamplers.Popularity : way, _warm, _options, _rng.Fork(way));
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

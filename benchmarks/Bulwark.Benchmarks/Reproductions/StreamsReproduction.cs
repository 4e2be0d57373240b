using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative.Streams;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// The generated shop as a stream of visits in weeks: tastes jump in the middle (week 14), a fraud ring buys its targets within week 21. A factorization is
/// trained on the first weeks and then tested on each week before it learns from it. Recall@10 is of honest visitors' new visits; the burst's effect is by how
/// much HR@10 of the targets among honest users, a mean over the states after the burst's week and the four that follow, exceeds that of the same
/// model in the same shop without the ring. <c>--seeds 1,2,3</c>; settings were chosen on seeds 101 to 103. <c>--weeks</c> prints each week.
/// </summary>
internal static class StreamsReproduction
{
    private const int Trained = 8, AllWeeks = 26, Jump = 13, Burst = 20, Followed = 5, Cutoff = 10;
    private const float Recovered = 0.9f;
    private const long Week = 7 * 86_400;

    private static readonly ShopOptions Shop = new(
        Shoppers: 1000, Products: 500, EventsPerShopper: 120, FraudAccounts: 50, TasteShift: 1, FraudDay: Burst * 7, FraudDays: 7);

    private static readonly MatrixFactorizationOptions Shape = new(16, Deviation: 0.1f);

    private static readonly Metric Recall = RankingMetrics.Recall(Cutoff);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var full = Full(options);
        var learned = full with
        {
            Generated = null,
            Critic = new(options.Float("refused", 0.05f)),
            Updater = new(Every: options.Int("every", 3)) { Realism = options.Float("realism", 0.1f) },
        };
        var forgetting = new ForgettingOptions(options.Float("above", 1.06f), options.Float("forget", 0.6f));
        (string Name, StreamOptions? Options)[] all =
        [
            ("static", null), ("full", full), ("without critic", full with { Critic = null }), ("without reservoir", full with { Replay = 0 }),
            ("without GAN", full with { Generated = null }), ("plain updater", full with { Critic = null, Replay = 0, Generated = null }),
            ("learned updater", learned), ("learned without critic", learned with { Critic = null }),
            ("full and forgetting", full with { Forgetting = forgetting }), ("steps and forgetting", full with { Generated = null, Forgetting = forgetting }),
            ("learned and forgetting", learned with { Forgetting = forgetting }),
        ];
        var seeds = options.Seeds();
        var runs = new Dictionary<string, List<Outcome>>();
        foreach (var seed in seeds)
        {
            var attacked = new World(Shop, seed);
            var clean = new World(Shop with { FraudAccounts = 0 }, seed, attacked.Targets);
            var still = new World(Shop with { FraudAccounts = 0, TasteShift = 0 }, seed, attacked.Targets);
            foreach (var (name, settings) in all)
            {
                if (options.Text("only") is { } only && !only.Split(',').Contains(name)) continue;
                var start = Stopwatch.GetTimestamp();
                var (with, without) = (attacked.Follow(settings, seed), clean.Follow(settings, seed));
                var outcome = new Outcome(
                    with.Recall, with.Error, still.Follow(settings, seed).Recall, with.Exposure - without.Exposure, with.Micros, Figure.Since(start));
                if (options.Has("weeks"))
                    Console.WriteLine($"{name,-22} {string.Join(' ', with.Recall.Select(x => x.ToString("F3", CultureInfo.InvariantCulture)))} | {with.Report}");
                if (!runs.TryGetValue(name, out var list)) runs[name] = list = [];
                list.Add(outcome);
            }
        }
        Print(runs, full);
        return 0;
    }

    private static StreamOptions Full(Arguments options) => new()
    {
        Steps = options.Int("steps", new StreamOptions().Steps), Rule = new Sgd(options.Float("rate", 0.05f)), L2 = options.Float("l2", 0.01f),
        Replay = options.Float("replay", 0.1f), Generated = new(options.Float("generated", 0.1f)), Critic = new(options.Float("refused", 0.1f)),
    };

    private static void Print(Dictionary<string, List<Outcome>> runs, StreamOptions full)
    {
        Console.WriteLine(full);
        string[] columns = ["before the jump", "a week's error", "after it", "beside static", "without a jump", "weeks to recover", "beside no jump"];
        Console.WriteLine($"{"",-22} {string.Join(' ', columns.Select(column => $"{column,-18}"))} {"burst's effect",-20} {"µs an event",-18} seconds");
        foreach (var (name, outcomes) in runs)
        {
            var fixedOnes = runs.GetValueOrDefault("static", outcomes);
            Console.WriteLine(
                $"{name,-22} {Of(one => one.Before),-18} {Of(one => one.Error),-18} {Of(one => one.After),-18} "
                + $"{Spread.Of([.. outcomes.Zip(fixedOnes, (one, still) => one.After / still.After - 1)]),-18} "
                + $"{Of(one => one.Still[(Jump - Trained)..].Average()),-18} {Numbers(one => one.Recovery),-18} {Numbers(one => one.RecoveryBesideStill),-18} "
                + $"{Of(one => one.Effect),-20} {Of(one => one.Micros),-18} {outcomes.Average(one => one.Seconds):F1}");

            string Numbers(Func<Outcome, int?> value) =>
                string.Join(' ', outcomes.Select(one => value(one)?.ToString(CultureInfo.InvariantCulture) ?? "never"));

            Spread Of(Func<Outcome, double> value) => Spread.Of([.. outcomes.Select(value)]);
        }
        if (runs.TryGetValue("full", out var defended) && runs.TryGetValue("without critic", out var open))
            Console.WriteLine($"effect with the critic / without: {Spread.Of([.. defended.Zip(open, (with, without) => with.Effect / without.Effect)])}");
    }

    /// <summary>What a model did with a seed.</summary>
    /// <param name="Recall">Of each week after the trained ones.</param>
    /// <param name="Error">A week's standard error over its users.</param>
    /// <param name="Still">The same where tastes do not jump, without a ring.</param>
    /// <param name="Effect">By how much the burst raised the targets' exposure.</param>
    /// <param name="Micros">Microseconds an event of the updates.</param>
    /// <param name="Seconds">Wall time.</param>
    private sealed record Outcome(double[] Recall, double Error, double[] Still, double Effect, double Micros, double Seconds)
    {
        /// <summary>The mean of the weeks between training and jump.</summary>
        public double Before => Recall[..(Jump - Trained)].Average();

        /// <summary>The mean of the weeks from the jump on.</summary>
        public double After => Recall[(Jump - Trained)..].Average();

        /// <summary>The week after the jump's, from 1, whose recall is the first to be 90% of that before the jump.</summary>
        public int? Recovery => FirstWeek(_ => Before);

        /// <summary>The same beside the recall of the same week without a jump, which falls too: nobody visits a product twice.</summary>
        public int? RecoveryBesideStill => FirstWeek(week => Still[week]);

        private int? FirstWeek(Func<int, double> level) => Enumerable.Range(1, Recall.Length - (Jump - Trained) - 1).Cast<int?>()
            .FirstOrDefault(weeks => Recall[Jump - Trained + weeks!.Value] >= Recovered * level(Jump - Trained + weeks.Value));
    }

    /// <summary>A shop's visits in weeks, its rows numbered in the order in which they appear.</summary>
    private sealed class World
    {
        private readonly Interactions _visits;
        private readonly int[][] _weeks;
        private readonly bool[] _isFraud;
        private readonly string[] _targetIds;

        public World(ShopOptions options, ulong seed, string[]? targets = null)
        {
            var shop = GeneratedShop.Create(options, seed);
            _visits = shop.Dataset.Interactions.OfKind(EventKind.View).Compact();
            _targetIds = targets ?? [.. shop.FraudTargets.Select(item => shop.Dataset.Interactions.Items[item])];
            _isFraud = [.. _visits.Users.Ids.Select(id => shop.Dataset.Interactions.Users.TryGet(id, out var user) && shop.IsFraud[user])];
            var begin = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
            _weeks = [.. Enumerable.Range(0, AllWeeks).Select(week =>
                Enumerable.Range(0, _visits.Count).Where(row => (_visits.Time[row] - begin) / Week == week).ToArray())];
        }

        public string[] Targets => _targetIds;

        /// <summary>Test, then train, week by week.</summary>
        public (double[] Recall, double Error, double Exposure, double Micros, string Report) Follow(StreamOptions? options, ulong seed)
        {
            var (rng, first) = (new Rng(seed).Fork("streams"), Enumerable.Range(0, Trained).SelectMany(week => _weeks[week]).ToArray());
            var (model, at) = Train(first, rng.Fork("train"));
            var stream = options is null ? null : new StreamingFactorization(model, at, Shape, first.Select(Event), options, rng.Fork("stream"));
            var (recall, errors, exposure, past) = (new List<double>(), new List<double>(), new List<double>(), first.ToList());
            var reports = new List<WindowReport>();
            var (seconds, events) = (0.0, 0);
            for (var week = Trained; week < AllWeeks; week++)
            {
                var honest = _weeks[week].Where(row => !_isFraud[_visits.User[row]]).ToArray();
                var spread = Spread.Of(new RankingTask(_visits.Select([.. past]), _visits.Select(honest)).Judge(Now(), [Recall]).PerUser(Recall.Name));
                recall.Add(spread.Mean);
                errors.Add(spread.Deviation / Math.Sqrt(spread.Count));
                if (stream is not null)
                {
                    var start = Stopwatch.GetTimestamp();
                    reports.Add(stream.Take([.. _weeks[week].Select(Event)]));
                    (seconds, events) = (seconds + Figure.Since(start), events + _weeks[week].Length);
                }
                past.AddRange(_weeks[week]);
                if (week is >= Burst and < Burst + Followed) exposure.Add(Exposure(Now(), past));
            }
            var report = string.Join(' ', reports.Select(one => $"{one.Shrunk}/{one.Refused}/{one.Moved}"));
            return ([.. recall], errors.Average(), exposure.Average(), seconds * 1e6 / Math.Max(1, events), report);

            StreamRecommender Now() => new(stream?.Model ?? model, stream?.At ?? at, _visits.UserCount, _visits.ItemCount);
        }

        /// <summary>HR@10 of the targets among the honest users who have come so far.</summary>
        private double Exposure(StreamRecommender model, List<int> past)
        {
            int[] targets = [.. _targetIds.Select(id => _visits.Items.TryGet(id, out var item) ? item : -1).Where(item => item >= 0)];
            var seen = RankingTask.Rows(_visits.Select([.. past]));
            var rows = UserRows.Of(Enumerable.Range(0, seen.UserCount).Select(user => _isFraud[user] || seen[user].IsEmpty ? targets : seen[user].ToArray()));
            return TargetExposure.Of(model, rows, targets).HitRate(Cutoff);
        }

        private StreamEvent Event(int row) => new(_visits.User[row], _visits.Item[row]);

        /// <summary>BPR on the first weeks, whose rows come first.</summary>
        private (MatrixFactorization Model, Point At) Train(int[] rows, Rng rng)
        {
            var log = new InteractionsBuilder();
            foreach (var row in rows) log.Add(_visits.Users[_visits.User[row]], _visits.Items[_visits.Item[row]]);
            var train = log.Build();
            var model = new MatrixFactorization(train.UserCount, train.ItemCount, Shape);
            var source = new TripleSource(train, 256, rng.Fork("batches"));
            var trainer = new Trainer<Triples>(
                source, [new("plain", 30, Objectives.Bpr(model))], new() { Rule = new Adagrad(0.05f), L2 = 0.01f, Ahead = Team.Threads > 1 });
            return (model, trainer.Run(model.Start(rng.Fork("start")), rng.Fork("steps")).At);
        }
    }
}

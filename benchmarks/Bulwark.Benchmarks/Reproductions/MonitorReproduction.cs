using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// The monitor on streams whose truth is known: how often it alarms where nobody is at work, and how soon and whom it finds where somebody is. Honest: the
/// generated shop, with tastes that drift and with tastes that jump in the middle, MovieLens 100K and Online Retail, in time order and shuffled. Attacked: the
/// shop with rings that push three items within week 21, the others with rings of new accounts in the middle. A factorization is trained on the first 8 of the shop's
/// 26 weeks, or on the first 30% of the others' events, and learns as it goes.
/// <c>--seeds 1,2,3</c>; settings were chosen on seeds 101 to 106. <c>--static</c> leaves out the model; <c>--windows</c> prints each alarm.
/// </summary>
internal static class MonitorReproduction
{
    private const long Day = 86_400;
    private const int Trained = 8 * 7, JumpDay = 13 * 7, BurstDay = 20 * 7, BurstDays = 7;
    private const double Share = 0.3, PlantedShare = 0.6;
    private static readonly int[] Rings = [50, 30, 20, 10];
    private static readonly long Begin = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly ShopOptions Shop = new(Shoppers: 1000, Products: 500, EventsPerShopper: 120, FraudDay: BurstDay, FraudDays: BurstDays);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var monitor = new MonitorOptions { WindowEvents = options.Int("window", new MonitorOptions().WindowEvents) };
        var movies = new Lazy<Interactions>(() => DatasetReader.Open(Path.Combine(DataFolder.Find(options, "ml-100k"), "u.data")).Interactions);
        var retail = new Lazy<Interactions>(() => OnlineRetail.Read(Path.Combine(DataFolder.Find(options, "online-retail"), "online_retail.csv.gz")).Purchases);
        (string Name, Func<ulong, World> Make)[] worlds =
        [
            ("shop", seed => OfShop(Shop, seed)), ("shop, tastes jump", seed => OfShop(Shop with { TasteShift = 1 }, seed)),
            ("MovieLens 100K", seed => OfData(movies.Value, 0, seed)), ("Online Retail", seed => OfData(retail.Value, 0, seed)),
            ("shop, shuffled", seed => OfShop(Shop, seed, shuffled: true)), ("MovieLens, shuffled", seed => OfData(movies.Value, 0, seed, shuffled: true)),
            ("Retail, shuffled", seed => OfData(retail.Value, 0, seed, shuffled: true)),
            .. Rings.Select(size => ($"shop, ring of {size}", (Func<ulong, World>)(seed => OfShop(Shop with { FraudAccounts = size }, seed)))),
            ("shop, 50 in 4 weeks", seed => OfShop(Shop with { FraudAccounts = 50, FraudDays = 28 }, seed)),
            ("shop, 50, one item", seed => OfShop(Shop with { FraudAccounts = 50, FraudTargets = 1 }, seed)),
            .. Rings.Select(size => ($"MovieLens, ring of {size}", (Func<ulong, World>)(seed => OfData(movies.Value, size, seed)))),
            .. Rings.Select(size => ($"Retail, ring of {size}", (Func<ulong, World>)(seed => OfData(retail.Value, size, seed)))),
        ];
        Console.WriteLine(monitor);
        Console.WriteLine($"{"",-22} windows  {string.Join(' ', Enum.GetNames<AlarmKind>().Select(kind => $"{kind,-13}"))} attack alarms  HR@10   seconds");
        foreach (var (name, make) in worlds)
        {
            if (options.Text("only") is { } only && !only.Split(';').Contains(name)) continue;
            Outcome[] outcomes = [.. options.Seeds().Select(seed => Outcome.Of(make(seed), monitor, options, seed))];
            var kinds = Enum.GetValues<AlarmKind>().Select(kind => $"{Rate(alarm => alarm.Kind == kind),-13:F2}");
            Console.WriteLine(
                $"{name,-22} {outcomes.Average(one => one.Windows),-8:F0} {string.Join(' ', kinds)} "
                + $"{Rate(alarm => alarm.IsAttack),-14:F2} {outcomes.Average(one => one.HitRate):F4}  {outcomes.Average(one => one.Seconds):F1}");
            Console.WriteLine($"{"",-22} honest accounts accused {Of(one => one.Accused)} of {outcomes.Average(one => one.Honest):F0}");
            if (outcomes[0].Ring > 0)
                Console.WriteLine(
                    $"{"",-22} delay in events {Numbers(one => one.DelayEvents)}, in windows {Numbers(one => one.DelayWindows)}; "
                    + $"recall {Of(one => one.Recall)}, precision {Of(one => one.Precision)}");
            if (name.Contains("jump"))
                Console.WriteLine($"{"",-22} first alarm of drift or hit rate, windows after the jump: {Numbers(one => one.JumpWindows)}");

            double Rate(Func<Alarm, bool> counts) => 100.0 * outcomes.Sum(one => one.Alarms.Count(counts)) / outcomes.Sum(one => one.Windows);

            string Numbers(Func<Outcome, int?> value) =>
                string.Join(' ', outcomes.Select(one => value(one)?.ToString(CultureInfo.InvariantCulture) ?? "never"));

            Spread Of(Func<Outcome, double> value) => Spread.Of([.. outcomes.Select(value)]);
        }
        return 0;
    }

    private static World OfShop(ShopOptions options, ulong seed, bool shuffled = false)
    {
        var shop = GeneratedShop.Create(options, seed);
        var (visits, users) = (shop.Dataset.Interactions.OfKind(EventKind.View), shop.Dataset.Interactions.Users);
        string[] ring = [.. users.Ids.Where((_, user) => shop.IsFraud[user])];
        long? jump = options.TasteShift > 0 ? Begin + JumpDay * Day : null;
        return new(new(shuffled ? Shuffled(visits, seed) : visits, Begin + Trained * Day), [.. ring], Begin + BurstDay * Day, jump);
    }

    private static World OfData(Interactions events, int ring, ulong seed, bool shuffled = false)
    {
        var times = events.Time.ToArray();
        Array.Sort(times);
        var first = (int)(PlantedShare * times.Length);
        var burst = times[first];
        var (planted, accounts) = PlantedBurst.In(events, ring, burst, times[first + PlantedBurst.Events], new Rng(seed).Fork("ring"));
        return new(new(shuffled ? Shuffled(planted, seed) : planted, times[(int)(Share * times.Length)]), accounts, ring > 0 ? burst : long.MaxValue, null);
    }

    /// <summary>The same events in random order: nothing drifts, and users and items are as they were.</summary>
    private static Interactions Shuffled(Interactions events, ulong seed)
    {
        var times = events.Time.ToArray();
        new Rng(seed).Fork("shuffle").Shuffle<long>(times);
        return new(events.Users, events.Items, events.User.ToArray(), events.Item.ToArray(), time: times);
    }

    /// <summary>A stream and its truth.</summary>
    /// <param name="Stream">The events.</param>
    /// <param name="Ring">Ids of the accounts of one hand.</param>
    /// <param name="Burst">When they begin.</param>
    /// <param name="Jump">When tastes jump.</param>
    private sealed record World(MonitoredStream Stream, HashSet<string> Ring, long Burst, long? Jump);

    private sealed record Outcome(
        int Windows, List<Alarm> Alarms, int Ring, int Honest, int Accused, double Recall, double Precision, int? DelayEvents, int? DelayWindows,
        int? JumpWindows, double HitRate, double Seconds)
    {
        public static Outcome Of(World world, MonitorOptions options, Arguments arguments, ulong seed)
        {
            var start = Stopwatch.GetTimestamp();
            var (alarms, accused, hits) = (new List<Alarm>(), new HashSet<int>(), new List<double>());
            int? delayEvents = null, delayWindows = null, jumpWindows = null;
            var (sinceBurst, windowsSinceBurst, sinceJump) = (0, 0, 0);
            foreach (var (report, window) in world.Stream.Follow(options, !arguments.Has("static"), seed))
            {
                var now = report.Windows[^1];
                hits.Add(now.HitRate.Value);
                Alarm[] raised = [.. report.Alarms.Where(alarm => alarm.Window == now.Number)];
                alarms.AddRange(raised);
                if (arguments.Has("windows")) foreach (var alarm in raised) Console.WriteLine($"  {now.Number}: {alarm.Sentence(item => $"{item}", Name)}");
                if (arguments.Has("figures")) Console.WriteLine($"  {now}");
                accused.UnionWith(report.Suspects.Select(suspect => suspect.User));
                sinceBurst += window.Count(each => each.Time >= world.Burst);
                if (window.Any(each => each.Time >= world.Burst)) windowsSinceBurst++;
                if (window.Any(each => each.Time >= world.Jump)) sinceJump++;
                if (sinceBurst > 0 && delayEvents is null && raised.Any(alarm => alarm.Users.Any(IsRing)))
                    (delayEvents, delayWindows) = (sinceBurst, windowsSinceBurst);
                if (sinceJump > 0 && raised.Any(alarm => alarm.Kind is AlarmKind.Drift or AlarmKind.HitRate)) jumpWindows ??= sinceJump;
            }
            var found = accused.Count(IsRing);
            return new(
                hits.Count, alarms, world.Ring.Count, world.Stream.Users.Count - world.Ring.Count, accused.Count - found,
                (double)found / Math.Max(1, world.Ring.Count), accused.Count == 0 ? 0 : (double)found / accused.Count,
                delayEvents, delayWindows, jumpWindows, hits.Average(), Figure.Since(start));

            string Name(int user) => world.Stream.Users[user];

            bool IsRing(int user) => world.Ring.Contains(Name(user));
        }
    }
}

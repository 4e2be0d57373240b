using Bulwark.Data;
using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests.Monitoring;

/// <summary>
/// Made-up traffic: users alike draw from items whose shares fall as 1 / place, an event a minute; a list of ten holds the item with a fixed chance.
/// </summary>
internal sealed class Traffic(ulong seed, int users = 400, int items = 300)
{
    private readonly Rng _rng = new(seed);
    private readonly double[] _upTo = Sums(items);

    public int Users => users;

    public int Items => items;

    public long Now { get; private set; }

    /// <summary>The chance that an item stands in its user's list.</summary>
    public double HitRate { get; set; } = 0.2;

    /// <summary>By how many places the items have changed their ranks in popularity.</summary>
    public int Shift { get; set; }

    /// <summary>What a model was trained on.</summary>
    public Interactions Train(int events, bool times = false)
    {
        var log = new InteractionsBuilder(new(Ids("u", users)), new(Ids("i", items)), hasTimes: times);
        foreach (var each in Next(events)) log.Add(each.User, each.Item, time: each.Time);
        return log.Build();
    }

    public Observation[] Next(int events) => [.. Enumerable.Range(0, events).Select(_ => Next())];

    public Observation Next(int? user = null, int? item = null)
    {
        var at = Array.BinarySearch(_upTo, _rng.NextDouble() * _upTo[^1]);
        var drawn = ((at < 0 ? ~at : at) + Shift) % items;
        return new(user ?? _rng.Next(users), item ?? drawn, Now += 60, _rng.NextDouble() < HitRate ? 1 + _rng.Next(10) : 0);
    }

    /// <summary>A window in which each of some accounts takes all of some items, among what others take.</summary>
    public Observation[] With(int events, IReadOnlyCollection<int> accounts, IReadOnlyCollection<int> targets)
    {
        (int, int)[] planted = [.. accounts.SelectMany(account => targets.Select(target => (account, target)))];
        var window = Next(events);
        foreach (var (n, (user, item)) in planted.Index())
        {
            ref var each = ref window[n * events / planted.Length];
            each = each with { User = user, Item = item, Rank = 0 };
        }
        return window;
    }

    private static IEnumerable<string> Ids(string prefix, int count) => Enumerable.Range(0, count).Select(n => $"{prefix}{n}");

    private static double[] Sums(int items)
    {
        var (sums, sum) = (new double[items], 0.0);
        for (var item = 0; item < items; item++) sums[item] = sum += 1.0 / (item + 1);
        return sums;
    }
}

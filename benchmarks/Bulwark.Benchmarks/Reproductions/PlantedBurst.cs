using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// New accounts of one hand in real events: within the time of the next 3,000 events each takes three items of the less popular half and, to look like a
/// customer, three of the most popular fifth.
/// </summary>
internal static class PlantedBurst
{
    public const int Events = 3000;
    private const int Targets = 3, Fillers = 3;

    /// <summary>The events with the ring's, and the ring's ids.</summary>
    public static (Interactions Events, HashSet<string> Ring) In(Interactions events, int size, long from, long to, Rng rng)
    {
        var (log, ring) = (new InteractionsBuilder(hasTimes: true), new HashSet<string>());
        var counts = new int[events.ItemCount];
        for (var row = 0; row < events.Count; row++)
        {
            log.Add(events.Users[events.User[row]], events.Items[events.Item[row]], time: events.Time[row]);
            if (events.Time[row] < from) counts[events.Item[row]]++;
        }
        int[] known = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] > 0).OrderByDescending(item => counts[item])];
        var (popular, targets) = (known[..(known.Length / 5)], known[(known.Length / 2)..]);
        rng.Fork("targets").Shuffle<int>(targets);
        for (var account = 0; account < size; account++)
        {
            var own = rng.Fork(account);
            own.Shuffle<int>(popular);
            ring.Add($"ring {account}");
            foreach (var item in targets[..Targets].Concat(popular[..Fillers]))
                log.Add($"ring {account}", events.Items[item], time: from + (long)(own.NextDouble() * (to - from)));
        }
        return (log.Build(), ring);
    }
}

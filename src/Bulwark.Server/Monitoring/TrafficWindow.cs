namespace Bulwark.Server.Monitoring;

/// <summary>Somebody took something, however often.</summary>
/// <param name="User">The user's row.</param>
/// <param name="Item">The item's row.</param>
/// <param name="Listed">Whether the item stood in the user's list when it was first taken.</param>
internal readonly record struct Pair(int User, int Item, bool Listed);

/// <summary>A window that is over: its accuracy by events; who took what by pairs, so that nobody makes an item popular alone.</summary>
internal sealed class TrafficWindow
{
    /// <summary>Places of a list that count.</summary>
    public const int Cutoff = 10;

    public TrafficWindow(int number, ReadOnlySpan<Observation> events)
    {
        (Number, Events, From, To) = (number, events.Length, events[0].Time, events[0].Time);
        var (pairs, seen) = (new List<Pair>(events.Length), new HashSet<(int, int)>(events.Length));
        foreach (var (user, item, time, rank) in events)
        {
            (From, To) = (Math.Min(From, time), Math.Max(To, time));
            var listed = rank is > 0 and <= Cutoff;
            if (listed) (HitRate, Ndcg) = (HitRate + 1.0 / Events, Ndcg + 1 / Math.Log2(1 + rank) / Events);
            if (seen.Add((user, item))) pairs.Add(new(user, item, listed));
        }
        Pairs = [.. pairs.OrderBy(pair => pair.User)];
    }

    /// <summary>Its number, in order.</summary>
    public int Number { get; }

    public int Events { get; }

    /// <summary>The time of its earliest event, and of its latest.</summary>
    public long From { get; }

    /// <inheritdoc cref="From"/>
    public long To { get; }

    /// <summary>HR@10 = 1/n Σ [rank ≤ 10] of all events, each predicted before it was learned.</summary>
    public double HitRate { get; }

    /// <summary>NDCG@10 = 1/n Σ [rank ≤ 10] / log₂(1 + rank).</summary>
    public double Ndcg { get; }

    /// <summary>By user.</summary>
    public Pair[] Pairs { get; }

    /// <summary>What each user took.</summary>
    public IEnumerable<ArraySegment<Pair>> Users()
    {
        for (int first = 0, next; first < Pairs.Length; first = next)
        {
            for (next = first + 1; next < Pairs.Length && Pairs[next].User == Pairs[first].User; next++) { }
            yield return new(Pairs, first, next - first);
        }
    }
}

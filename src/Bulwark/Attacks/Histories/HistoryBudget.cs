namespace Bulwark.Attacks.Histories;

/// <summary>
/// What an attacker may do to a history: a few edits of some kinds. Something is always left, and only what does not stand there yet comes in, so that
/// items stay distinct where they were.
/// </summary>
/// <param name="Edits">k, the most edits.</param>
/// <param name="Kinds">Which.</param>
public sealed record HistoryBudget(int Edits, EditKinds Kinds = EditKinds.All)
{
    private const int TooMany = int.MaxValue / 2;

    /// <summary>Items that may not come in, beside the one whose rank is attacked.</summary>
    public IReadOnlyCollection<int> Barred { get; init; } = [];

    /// <summary>Refuses what no attack could keep.</summary>
    /// <param name="items">Items of the catalog.</param>
    /// <exception cref="ArgumentException">The budget makes no sense for a catalog of this size.</exception>
    public void Check(int items)
    {
        if (Edits < 0) throw new ArgumentException($"There cannot be {Edits} edits; give 0 or more.");
        if (Kinds == EditKinds.None || (Kinds & ~EditKinds.All) != 0)
            throw new ArgumentException("An attack on histories must insert, delete or replace; allow at least one.");
        foreach (var item in Barred)
            if ((uint)item >= (uint)items) throw new ArgumentException($"Item {item}, which may not come in, is not among the {items} items.");
    }

    /// <summary>What an edited history does that the budget forbids, in words; null where there is nothing.</summary>
    public string? Violation(ReadOnlySpan<int> clean, ReadOnlySpan<int> edited)
    {
        if (edited.IsEmpty && !clean.IsEmpty) return "nothing of the history is left";
        var distance = Distance(clean, edited, Kinds);
        if (distance > Edits) return distance >= TooMany ? $"no edits of the kinds {Kinds} lead there" : $"it takes {distance} edits, more than {Edits}";
        foreach (var item in edited)
        {
            if (clean.Contains(item)) continue;
            if (Barred.Contains(item)) return $"item {item} came in, which may not";
            if (edited.Count(item) > 1) return $"item {item} came in twice";
        }
        return null;
    }

    /// <summary>The fewest edits of these kinds from one history to another (Wagner and Fischer 1974).</summary>
    internal static int Distance(ReadOnlySpan<int> from, ReadOnlySpan<int> to, EditKinds kinds)
    {
        var (insert, delete, replace) = (Cost(EditKinds.Insert), Cost(EditKinds.Delete), Cost(EditKinds.Replace));
        var row = new int[to.Length + 1];                    // from the first f items to the first t
        for (var t = 1; t <= to.Length; t++) row[t] = Math.Min(TooMany, row[t - 1] + insert);
        for (var f = 1; f <= from.Length; f++)
        {
            var diagonal = row[0];
            row[0] = Math.Min(TooMany, row[0] + delete);
            for (var t = 1; t <= to.Length; t++)
            {
                var change = diagonal + (from[f - 1] == to[t - 1] ? 0 : replace);
                diagonal = row[t];
                row[t] = Math.Min(Math.Min(change, TooMany), Math.Min(row[t] + delete, row[t - 1] + insert));
            }
        }
        return row[^1];

        int Cost(EditKinds kind) => kinds.HasFlag(kind) ? 1 : TooMany;
    }
}

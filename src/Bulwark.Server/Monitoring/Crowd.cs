namespace Bulwark.Server.Monitoring;

/// <summary>Accounts of one sort behind an item in surge.</summary>
/// <param name="Kind">Which sort: <see cref="AlarmKind.NewAccounts"/> or <see cref="AlarmKind.Devoted"/>.</param>
/// <param name="Item">The item.</param>
/// <param name="Users">The accounts.</param>
/// <param name="Share">Their share of those who took the item, beside that of accounts of the sort in what else is taken.</param>
internal sealed record Crowd(AlarmKind Kind, int Item, int[] Users, Reading Share)
{
    private const int MostTaken = 2;                         // the item is at least half of what a devoted account takes

    /// <summary>The share of the accounts that honest ones of the sort do not explain.</summary>
    public double Excess => 1 - Share.Usual / Share.Value;

    /// <summary>
    /// Items whose surge is a crowd's: k of x accounts are of the sort, twice as many as usual and more, with P(Bin(x, q) ≥ k) ≤ α / items, q the sort's share
    /// of all other pairs.
    /// </summary>
    /// <param name="span">The newest windows.</param>
    /// <param name="surges">Items in surge.</param>
    /// <param name="isNew">Whether an account came within the span.</param>
    /// <param name="alpha">How often, of all spans, chance may give a crowd.</param>
    public static Crowd[] Of(TrafficSpan span, IReadOnlyList<Surge> surges, Func<int, bool> isNew, double alpha) => surges.Count == 0 ? [] :
    [
        .. Of(AlarmKind.NewAccounts, span, surges, isNew, alpha), .. Of(AlarmKind.Devoted, span, surges, user => span.ByUser[user].Count <= MostTaken, alpha),
    ];

    private static IEnumerable<Crowd> Of(AlarmKind kind, TrafficSpan span, IReadOnlyList<Surge> surges, Func<int, bool> isSort, double alpha)
    {
        var surging = surges.Select(surge => surge.Item).ToHashSet();
        Pair[] rest = [.. span.ByItem.Where(item => !surging.Contains(item.Key)).SelectMany(item => item.Value)];
        var usual = (rest.Count(pair => isSort(pair.User)) + 1.0) / (rest.Length + 2);
        foreach (var item in surging)
        {
            int[] users = [.. span.ByItem[item].Select(pair => pair.User).Where(isSort).Order()];
            var (count, all) = (users.Length, span.ByItem[item].Count);
            var crowd = new Crowd(kind, item, users, new((double)count / all, usual, usual));
            if (count >= StepSearch.LeastAccounts && crowd.Excess > 0.5 && Binomial.AtLeast(count, all, usual) <= alpha / surging.Count) yield return crowd;
        }
    }
}

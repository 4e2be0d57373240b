namespace Bulwark.Server.Monitoring;

/// <summary>New accounts behind an item in surge.</summary>
/// <param name="Item">The item.</param>
/// <param name="Users">The accounts.</param>
/// <param name="Share">Their share of those who took the item, beside that of new accounts in what else is taken.</param>
internal sealed record NewCrowd(int Item, int[] Users, Reading Share)
{
    /// <summary>The share of the accounts that honest newcomers do not explain.</summary>
    public double Excess => 1 - Share.Usual / Share.Value;

    /// <summary>Items whose surge is new accounts': k of x with P(Bin(x, q) ≥ k) ≤ α / items, q the share of new accounts in all other pairs.</summary>
    public static NewCrowd[] Of(TrafficSpan span, IReadOnlyList<Surge> surges, Func<int, bool> isNew, double alpha)
    {
        if (surges.Count == 0) return [];
        var surging = surges.Select(surge => surge.Item).ToHashSet();
        Pair[] rest = [.. span.ByItem.Where(item => !surging.Contains(item.Key)).SelectMany(item => item.Value)];
        var usual = (rest.Count(pair => isNew(pair.User)) + 1.0) / (rest.Length + 2);
        return [.. surges.Select(Crowd).Where(crowd => crowd.Users.Length >= StepSearch.Crowd
            && Binomial.AtLeast(crowd.Users.Length, span.ByItem[crowd.Item].Count, usual) <= alpha / surges.Count)];

        NewCrowd Crowd(Surge surge)
        {
            int[] users = [.. span.ByItem[surge.Item].Select(pair => pair.User).Where(isNew).Order()];
            return new(surge.Item, users, new(surge.NewShare, usual, usual));
        }
    }
}

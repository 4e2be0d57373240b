namespace Bulwark.Data;

/// <summary>What the generator of a shop knows: the true preference of every shopper for every product at the end of the period.</summary>
public sealed class Oracle
{
    internal Oracle(int userCount, int itemCount) => (UserCount, ItemCount) = (userCount, itemCount);

    /// <summary>Number of users.</summary>
    public int UserCount { get; }

    /// <summary>Number of items; the length of a row of scores.</summary>
    public int ItemCount { get; }

    /// <summary>
    /// (items) log-odds, up to a constant, of the shopper's next visit by taste going to each product: ordering by it is the best possible ranking.
    /// </summary>
    public void Score(int user, Span<float> scores) => throw new NotImplementedException();
}

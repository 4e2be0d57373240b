using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>All items for some users, where a model has no shorter way than pair by pair.</summary>
internal static class AllPairs
{
    /// <summary>(users) to (users, items).</summary>
    public static Tensor ScorePairs(this IPairModel model, Point at, Ids users)
    {
        var (who, what, items) = (new Ids(), new Ids(), model.ItemCount);
        Span<int> everyone = who.Refill(users.Count * items), everything = what.Refill(users.Count * items);
        for (var b = 0; b < everyone.Length; b++) (everyone[b], everything[b]) = (users.Rows[b / items], b % items);
        return model.Score(at, who, what).Reshape((users.Count, items));
    }
}

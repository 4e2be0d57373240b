using Bulwark.Data;

namespace Bulwark.Generative.Behavior;

/// <summary>Whether made-up histories go as real ones do.</summary>
/// <param name="Sets">What they hold, in any order.</param>
/// <param name="Next">The overlap Σ min(p, q) of the distributions of pairs of an item and the next: 1 for equal ones.</param>
/// <param name="Later">That of an item and the fifth after it, where a chain of first order has forgotten the first.</param>
public sealed record HistoryQuality(BehaviorQuality Sets, double Next, double Later)
{
    private const int Lag = 5;

    /// <summary>Compares two populations with the same items, oldest first. Pairs are rare: overlaps of real people with others show what can be reached.</summary>
    /// <inheritdoc cref="BehaviorQuality.Of"/>
    public static HistoryQuality Of(Interactions real, Interactions made) => new(BehaviorQuality.Of(real, made), Overlap(real, made, 1), Overlap(real, made, Lag));

    /// <summary>Of pairs so many places apart; 0 where either has none.</summary>
    public static double Overlap(Interactions real, Interactions made, int lag)
    {
        var (p, q) = (Pairs(real, lag), Pairs(made, lag));
        var (all, other) = ((double)p.Values.Sum(), (double)q.Values.Sum());
        return p.Sum(pair => Math.Min(pair.Value / all, q.GetValueOrDefault(pair.Key) / Math.Max(1, other)));
    }

    private static Dictionary<(int, int), int> Pairs(Interactions all, int lag)
    {
        var counts = new Dictionary<(int, int), int>();
        for (var user = 0; user < all.UserCount; user++)
        {
            var own = all.ByUser.Items(user);
            for (var t = lag; t < own.Length; t++) counts[(own[t - lag], own[t])] = counts.GetValueOrDefault((own[t - lag], own[t])) + 1;
        }
        return counts;
    }
}

using Bulwark.Tensors.Kernels;

namespace Bulwark.Attacks.Histories;

/// <summary>
/// What an attacker wants of a list of N items: that it holds an item, or that it does not. The loss is a margin: how far the item's score is on the wanted side
/// of its rival's, the N-th best of the others (the last where there are fewer). Above 0, and on being spoiled at 0, the attack has succeeded.
/// </summary>
public sealed record HistoryGoal
{
    private HistoryGoal(int item, bool wanted, int cutoff) => (Item, Wanted, Cutoff) = (item, wanted, cutoff > 0 ? cutoff
        : throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "A list holds at least one item."));

    /// <summary>Targeted: this item should come into the list.</summary>
    public static HistoryGoal Push(int item, int cutoff = 10) => new(item, true, cutoff);

    /// <summary>Untargeted: this item, which the shopper would have chosen, should fall from the list.</summary>
    public static HistoryGoal Spoil(int item, int cutoff = 10) => new(item, false, cutoff);

    /// <summary>Whose rank is attacked. It may not come into the history.</summary>
    public int Item { get; }

    /// <summary>Whether it should come into the list.</summary>
    public bool Wanted { get; }

    /// <summary>N.</summary>
    public int Cutoff { get; }

    /// <summary>The loss and the rival of a row of scores.</summary>
    /// <param name="scores">(items); those that are no candidates become −∞.</param>
    /// <param name="hidden">Items that are no candidates.</param>
    internal Outcome Of(Span<float> scores, ReadOnlySpan<int> hidden)
    {
        var own = scores[Item];
        foreach (var item in hidden) scores[item] = float.NegativeInfinity;
        scores[Item] = float.NegativeInfinity;
        var (best, values) = (new int[Cutoff], new float[Cutoff]);
        var found = TopK.Select(scores, best, values);
        if (found == 0) return new(0, Item);                 // nothing else is left to list
        return new((Wanted ? 1.0 : -1.0) * ((double)own - values[found - 1]), best[found - 1]);
    }

    /// <param name="Loss">High for an attacker.</param>
    /// <param name="Rival">The N-th best of the other candidates.</param>
    internal readonly record struct Outcome(double Loss, int Rival);
}

namespace Bulwark.Attacks.Poisoning;

/// <summary>What an attacker may spend. Each account acts on every target, and everything it does counts.</summary>
/// <param name="Accounts">Number of fake accounts.</param>
/// <param name="Actions">The most distinct items an account may touch, its targets included.</param>
/// <param name="Targets">The items to push or to demote.</param>
public sealed record Budget(int Accounts, int Actions, IReadOnlyList<int> Targets)
{
    /// <summary>What is left of each account's actions beside the targets.</summary>
    public int Others => Actions - Targets.Count;

    /// <summary>Refuses what no attack could keep.</summary>
    /// <param name="items">Items of the catalog.</param>
    /// <exception cref="ArgumentException">The budget makes no sense for a catalog of this size.</exception>
    public void Check(int items)
    {
        if (Accounts < 0) throw new ArgumentException($"There cannot be {Accounts} accounts; give 0 or more.");
        if (Targets.Count == 0) throw new ArgumentException("An attack needs a target; name at least one item.");
        if (Targets.Distinct().Count() != Targets.Count) throw new ArgumentException("A target is named twice; name it once.");
        foreach (var target in Targets)
            if ((uint)target >= (uint)items) throw new ArgumentException($"Target {target} is not among the {items} items.");
        if (Others < 0) throw new ArgumentException($"{Actions} actions an account do not reach for {Targets.Count} targets; allow more actions or name fewer targets.");
        if (Actions > items) throw new ArgumentException($"{Actions} actions an account are more than the {items} items; allow fewer.");
    }
}

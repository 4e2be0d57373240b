namespace Bulwark.Defenses.Detection;

/// <summary>The accounts behind an item that more of its raters push, demote or pick oddly than those of items like it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Members">Who does.</param>
/// <param name="Raters">How many accounts have the item.</param>
/// <param name="Expected">The share of its raters that would, were it like others.</param>
/// <param name="Z">How far the members are above that, in deviations.</param>
/// <param name="Deed">What they do, to follow "this account": "gives the highest rating to".</param>
public sealed record Ring(int Item, IReadOnlyList<int> Members, int Raters, double Expected, double Z, string Deed)
{
    /// <summary>The share of the members that honest behavior does not explain.</summary>
    public double Excess => 1 - Raters * Expected / Members.Count;
}

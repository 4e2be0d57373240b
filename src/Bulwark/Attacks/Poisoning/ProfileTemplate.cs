using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>What a template gives an item.</summary>
public enum Rated
{
    /// <summary>r_max.</summary>
    Highest,

    /// <summary>r_min.</summary>
    Lowest,

    /// <summary>N(μ, σ) of all ratings.</summary>
    LikeAll,

    /// <summary>N(μ_i, σ_i) of the item's ratings.</summary>
    LikeItem,
}

/// <summary>
/// Profiles by a template (Lam and Riedl 2004; Mobasher et al. 2007): targets, selected items, and fillers drawn without replacement among all other
/// items until the budget is spent. Ratings are rounded to the scale and clamped. On data without ratings the same items are clicked, so that random
/// and average become one attack.
/// </summary>
/// <param name="Filler">What fillers get.</param>
/// <param name="Target">What targets get: the highest pushes, the lowest demotes.</param>
/// <param name="Selected">Items that every profile gives <see cref="Rated.Highest"/> to, beside the targets.</param>
/// <param name="Popular">As many of the most popular items are selected besides.</param>
public sealed record ProfileTemplate(Rated Filler, Rated Target = Rated.Highest, IReadOnlyList<int>? Selected = null, int Popular = 0) : IPoison
{
    /// <summary>Fillers like all ratings.</summary>
    public static ProfileTemplate Random { get; } = new(Rated.LikeAll);

    /// <summary>Fillers like the ratings of each item.</summary>
    public static ProfileTemplate Average { get; } = new(Rated.LikeItem);

    /// <summary>Fillers get what the targets do not: demotes.</summary>
    public static ProfileTemplate LoveHate { get; } = new(Rated.Highest, Rated.Lowest);

    /// <summary>So many of the most popular items are praised besides.</summary>
    public static ProfileTemplate Bandwagon(int popular) => new(Rated.LikeAll, Popular: popular);

    /// <summary>The items of a segment are praised and all others panned.</summary>
    public static ProfileTemplate Segment(IReadOnlyList<int> items) => new(Rated.Lowest, Selected: items);

    /// <summary>The same attack against its targets.</summary>
    public ProfileTemplate Demoting => this with { Target = Rated.Lowest };

    /// <inheritdoc/>
    public Interactions Poison(Interactions train, Budget budget, Rng rng)
    {
        budget.Check(train.ItemCount);
        var ratings = Ratings.Of(train);
        if (ratings is null && Target == Rated.Lowest)
            throw new ArgumentException("A click cannot demote an item; give data with ratings, or a template that pushes.");
        int[] selected = [.. SelectedItems(train, budget).Take(budget.Others)];
        int[] others = [.. Enumerable.Range(0, train.ItemCount).Except(budget.Targets).Except(selected)];
        return FakeAccounts.Append(train, budget, Enumerable.Range(0, budget.Accounts).Select(Profile), ratings is not null, rng.Fork("times"));

        (int, float)[] Profile(int account)
        {
            var own = rng.Fork(account);
            return
            [
                .. Fillers(others, budget.Others - selected.Length, own).Select(item => (item, Rate(Filler, item))),
                .. selected.Select(item => (item, Rate(Rated.Highest, item))),
                .. budget.Targets.Select(item => (item, Rate(Target, item))),
            ];

            float Rate(Rated rated, int item) => ratings is null ? 1 : rated switch
            {
                Rated.Highest => ratings.Scale.High,
                Rated.Lowest => ratings.Scale.Low,
                Rated.LikeAll => ratings.Scale.Nearest(ratings.Mean + ratings.Deviation * own.NextGaussian()),
                _ => ratings.Scale.Nearest(ratings.MeanOf(item) + ratings.DeviationOf(item) * own.NextGaussian()),
            };
        }
    }

    /// <summary>The given ones, then the most popular; no target and none twice.</summary>
    private IEnumerable<int> SelectedItems(Interactions train, Budget budget)
    {
        var counts = train.ItemCounts();
        var popular = Enumerable.Range(0, counts.Length).Except(budget.Targets).OrderByDescending(item => counts[item]).Take(Popular);
        return (Selected ?? []).Except(budget.Targets).Concat(popular).Distinct();
    }

    /// <summary>The first places of a shuffle.</summary>
    private static int[] Fillers(int[] items, int count, Rng rng)
    {
        var drawn = (int[])items.Clone();
        for (var i = 0; i < count; i++)
        {
            var j = i + rng.Next(drawn.Length - i);
            (drawn[i], drawn[j]) = (drawn[j], drawn[i]);
        }
        return drawn[..count];
    }
}

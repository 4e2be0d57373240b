using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>Settings of <see cref="Rp3Beta"/>.</summary>
/// <param name="Neighbors">For each item, how many of those from which walks reach it are kept.</param>
/// <param name="Alpha">α, the power of each step's probability.</param>
/// <param name="Beta">β, how much popular ends of a walk lose; 0 is P3α.</param>
public sealed record Rp3BetaOptions(int Neighbors = 100, float Alpha = 0.7f, float Beta = 0.2f);

/// <summary>
/// RP3β (Paudel et al. 2017), and with β = 0 P3α (Cooper et al. 2014): the walk from a user over an item and its users to another item,
/// w_ji = Σ_v (1/|users of j|)^α (1/|items of v|)^α / |users of i|^β. The walk's first step is the same for all items of a user, and left out.
/// </summary>
public static class Rp3Beta
{
    /// <summary>Finds from where walks lead to every item.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or a setting is out of range.</exception>
    public static SparseItemModel Fit(Interactions train, Rp3BetaOptions options, CancellationToken cancel = default)
    {
        if (options.Neighbors < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Neighbors, "There must be at least one neighbor.");
        var users = SparseRows.Of(train);
        var items = users.Transpose();
        var penalties = Enumerable.Range(0, items.RowCount).Select(item => MathF.Pow(Math.Max(1, items.Length(item)), -options.Beta)).ToArray();
        var reached = TopProduct.Of(                                                             // the row is of the item where walks end
            items.Map((_, user, _) => Chance(users.Length(user))), users.Map((_, item, _) => Chance(items.Length(item))),
            item => (_, sum) => sum * penalties[item], options.Neighbors, cancel);
        return new SparseItemModel(reached.Transpose(), train);

        float Chance(int ways) => MathF.Pow(ways, -options.Alpha);
    }
}

using Bulwark.Data;

namespace Bulwark.Models.Neighbors;

/// <summary>Settings of <see cref="Rp3Beta"/>.</summary>
/// <param name="Neighbors">How many of the items that a walk from an item reaches are kept.</param>
/// <param name="Alpha">α, the power of each step's probability.</param>
/// <param name="Beta">β, how much popular ends of a walk lose; 0 is P3α.</param>
public sealed record Rp3BetaOptions(int Neighbors = 100, float Alpha = 1, float Beta = 0.6f);

/// <summary>
/// RP3β (Paudel et al. 2017), and with β = 0 P3α (Cooper et al. 2014): the walk from a user over an item and its users to another item,
/// w_ji = Σ_v (1/|users of j|)^α (1/|items of v|)^α / |users of i|^β. The walk's first step is the same for all items of a user, and left out.
/// </summary>
public static class Rp3Beta
{
    /// <summary>Finds where walks from every item lead.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or a setting is out of range.</exception>
    public static SparseItemModel Fit(Interactions train, Rp3BetaOptions options, CancellationToken cancel = default)
    {
        if (options.Neighbors < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Neighbors, "There must be at least one neighbor.");
        var users = SparseRows.Of(train);
        var items = users.Transpose();
        var penalties = Enumerable.Range(0, items.RowCount).Select(item => MathF.Pow(Math.Max(1, items.Length(item)), -options.Beta)).ToArray();
        var walk = TopProduct.Of(Steps(items), Steps(users), (_, item, sum) => sum * penalties[item], options.Neighbors, cancel);
        return new SparseItemModel(walk, train);

        SparseRows Steps(SparseRows from) => from.Map((row, _, _) => MathF.Pow(from.Length(row), -options.Alpha));
    }
}

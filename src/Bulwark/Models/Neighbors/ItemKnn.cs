using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>
/// ItemKNN (Sarwar et al. 2001; Deshpande and Karypis 2004): ŷ(u, i) = Σ s(i, j) over the nearest neighbors j of i that u touched. Memory grows
/// with the neighbors that are kept, time with the sum of squared history lengths.
/// </summary>
public static class ItemKnn
{
    /// <summary>Finds the neighbors of every item.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or a setting is out of range.</exception>
    /// <exception cref="DataException">The similarity compares ratings, and all are alike.</exception>
    public static SparseItemModel Fit(Interactions train, NeighborOptions options, CancellationToken cancel = default)
    {
        var weights = new RowWeights(SparseRows.Of(train).Transpose(), options);                  // (items, users)
        var items = weights.Rows;
        var similar = TopProduct.Of(items, items.Transpose(), item => weights.SimilarityTo(items.Values(item)), options.Neighbors, cancel);
        return new SparseItemModel(similar.Transpose(), train);
    }
}

using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>Interactions as a matrix.</summary>
public static class PairMatrix
{
    extension(SparseRows)
    {
        /// <summary>(users, items): the value of each pair, 1 where the data have none; of repeated pairs, the latest.</summary>
        /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items.</exception>
        public static SparseRows Of(Interactions train)
        {
            if (train.ItemCount < 2) throw new ArgumentException("A recommender needs at least two items; the data has one.");
            if (train.Count == 0) throw new ArgumentException("There are no interactions to learn from.");
            var pairs = train.DistinctPairs();
            return SparseRows.Of(pairs.Item, pairs.User, pairs.Value, pairs.ItemCount, pairs.UserCount).Transpose();     // by item, then by user: both ascend
        }
    }
}

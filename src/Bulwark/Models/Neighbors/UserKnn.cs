using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>
/// UserKNN (Resnick et al. 1994; as ranked by Cremonesi et al. 2010): ŷ(u, i) = Σ s(u, v) x_vi over the nearest neighbors v of u, x the weighted
/// matrix, 1 for each pair under plain cosine. Nothing is learned: neighbors are found when asked for, in time that grows with how often the user's
/// items were touched. A known user is the first of their own neighbors, which changes no score of what is new to them, and makes someone unknown
/// to training score as if they had been known.
/// </summary>
/// <remarks>Similarities of ratings read a new history, which has none, as one above the mean for each item.</remarks>
public sealed class UserKnn : IRecommender
{
    private readonly NeighborOptions _options;
    private readonly Aggregation _aggregation;
    private readonly RowWeights _weights;
    private readonly SparseRows _users, _items;
    private readonly Popularity _popularity;

    /// <summary>Weighs the rows.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="options">Which users are near.</param>
    /// <param name="aggregation">How they are heard.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or a setting is out of range.</exception>
    /// <exception cref="DataException">The similarity compares ratings, and all are alike.</exception>
    public UserKnn(Interactions train, NeighborOptions options, Aggregation aggregation = Aggregation.Sum)
    {
        (_options, _aggregation, _weights) = (options, aggregation, new RowWeights(SparseRows.Of(train), options));
        (_users, _items) = (_weights.Rows, _weights.Rows.Transpose());
        _popularity = new Popularity(train.UserCount, train.ItemCounts());
    }

    /// <inheritdoc/>
    public int UserCount => _users.RowCount;

    /// <inheritdoc/>
    public int ItemCount => _users.ColumnCount;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var sums = new SparseAccumulator(UserCount);
        for (var row = 0; row < users.Length; row++)
        {
            Touched.CheckUser(users[row], UserCount);
            Sum(sums, _users.Row(users[row]), _users.Values(users[row]), scores.Slice(row * ItemCount, ItemCount));
        }
    }

    /// <summary>Scores of every item; popularity where nobody is similar.</summary>
    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        var items = Touched.Items(history, ItemCount);
        float[] values = [.. items.Select(item => _weights.Of(item, items.Length))];
        return Sum(new(UserCount), items, values, scores[..ItemCount]) > 0 ? ScoreSource.FoldIn : _popularity.ScoreHistory(history, scores);
    }

    /// <summary>Returns how many neighbors were found.</summary>
    private int Sum(SparseAccumulator sums, ReadOnlySpan<int> items, ReadOnlySpan<float> values, Span<float> scores)
    {
        sums.Clear();
        for (var n = 0; n < items.Length; n++) sums.Add(_items.Row(items[n]), _items.Values(items[n]), values[n]);
        var neighbors = sums.Best(_weights.SimilarityTo(values), _options.Neighbors);
        _aggregation.Score(neighbors, _users, scores);
        return neighbors.Length;
    }
}

using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>
/// ŷ(u, i) = Σ_{j touched by u} w_ji: a sparse matrix of items by items, and histories. What <see cref="ItemKnn"/> and <see cref="Rp3Beta"/> make;
/// they differ in w alone. Someone unknown to training is scored as if they had been known.
/// </summary>
public sealed class SparseItemModel : IRecommender
{
    private readonly SparseRows _weights;
    private readonly Histories _histories;
    private readonly Popularity _popularity;

    /// <param name="weights">(items, items): the row is of the item that was touched.</param>
    /// <param name="train">Whose histories are scored.</param>
    internal SparseItemModel(SparseRows weights, Interactions train) =>
        (_weights, _histories, _popularity) = (weights, train.ByUser, new Popularity(train.UserCount, train.ItemCounts()));

    /// <inheritdoc/>
    public int UserCount => _histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _weights.RowCount;

    /// <summary>How many weights are kept.</summary>
    public int WeightCount => _weights.Columns.Length;

    /// <summary>The weights of an item: those that gain when it was touched, and how much.</summary>
    public IEnumerable<(int Item, float Weight)> WeightsOf(int item)
    {
        for (var n = 0; n < _weights.Length(item); n++) yield return (_weights.Row(item)[n], _weights.Values(item)[n]);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var row = 0; row < users.Length; row++)
        {
            Touched.CheckUser(users[row], UserCount);
            Sum(_histories.SortedItems(users[row]), scores.Slice(row * ItemCount, ItemCount));
        }
    }

    /// <summary>Scores of every item; popularity where nothing that was touched has a neighbor.</summary>
    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) =>
        Sum(Touched.Items(history, ItemCount), scores[..ItemCount]) > 0 ? ScoreSource.FoldIn : _popularity.ScoreHistory(history, scores);

    /// <summary>Returns how many weights were added.</summary>
    private int Sum(ReadOnlySpan<int> items, Span<float> scores)
    {
        scores.Clear();
        var added = 0;
        foreach (var item in items)
        {
            var to = _weights.Row(item);
            var weights = _weights.Values(item);
            for (var n = 0; n < to.Length; n++) scores[to[n]] += weights[n];
            added += to.Length;
        }
        return added;
    }
}

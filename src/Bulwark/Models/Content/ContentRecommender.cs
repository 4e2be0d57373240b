using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>
/// ŷ(u, i) = (Σ_j w_j q_j) · d_i over the items j that u liked: a profile made of what they liked, against what each item says of itself. Nothing is
/// trained, and an item that nobody has touched is scored like any other. A history of someone unknown is a profile like any other; users without
/// liked items get popularity.
/// </summary>
public sealed class ContentRecommender : IRecommender
{
    private readonly Histories _histories;
    private readonly float[] _weights;
    private readonly SparseRows _queries, _items, _postings;
    private readonly bool _unit;
    private readonly Popularity _popularity;

    private ContentRecommender(Interactions liked, SparseRows queries, SparseRows items, bool unit)
    {
        if (items.RowCount != liked.ItemCount || queries.RowCount != items.RowCount || queries.ColumnCount != items.ColumnCount)
            throw new ArgumentException($"There are vectors of {items.RowCount} items, but {liked.ItemCount} items; give each item one, of zeros if nothing is known.");
        (_histories, _weights, _queries, _items, _postings, _unit) = (liked.ByUser, liked.Value.ToArray(), queries, items, items.Transpose(), unit);
        _popularity = new Popularity(liked.UserCount, liked.ItemCounts());
    }

    /// <summary>The cosine of profile and item: for TF-IDF vectors, or vectors of attributes.</summary>
    /// <param name="liked">What users liked: values are weights in the profile, 1 where there are none.</param>
    /// <param name="vectors">(items, columns).</param>
    /// <exception cref="ArgumentException">There is not one vector for each item.</exception>
    public static ContentRecommender Cosine(Interactions liked, SparseRows vectors)
    {
        var unit = vectors.Normalized();
        return new(liked, unit, unit, true);
    }

    /// <summary>The BM25 score of each item for the query that all terms of the liked items together make.</summary>
    /// <param name="liked">As for <see cref="Cosine"/>.</param>
    /// <param name="counts">How often each term occurs in the text of each item, (items, terms).</param>
    /// <param name="bm25">What each term adds to the score of each item, (items, terms): see <see cref="TextVectorizer.Bm25"/>.</param>
    /// <exception cref="ArgumentException">There is not one row for each item, or the widths differ.</exception>
    public static ContentRecommender Bm25(Interactions liked, SparseRows counts, SparseRows bm25) => new(liked, counts, bm25, false);

    /// <inheritdoc/>
    public int UserCount => _histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _items.RowCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => true;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var u = 0; u < users.Length; u++)
        {
            var user = Known.Row(users[u], UserCount, "user");
            var to = scores.Slice(u * ItemCount, ItemCount);
            if (_histories.Items(user).Length == 0) _popularity.ScoreHistory([], to);
            else Score(_histories.Items(user), _histories.Rows(user), _postings, to);
        }
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        if (history.Length == 0) return _popularity.ScoreHistory(history, scores);
        Score(history, [], _postings, scores[..ItemCount]);
        return ScoreSource.FoldIn;
    }

    /// <summary>What items with these vectors would score for each user: row-major (users, vectors). Users without liked items score 0.</summary>
    /// <param name="users">Who.</param>
    /// <param name="vectors">As those of the items, (vectors, columns).</param>
    public float[] ScoreVectors(ReadOnlySpan<int> users, SparseRows vectors)
    {
        var postings = (_unit ? vectors.Normalized() : vectors).Transpose();
        var scores = new float[users.Length * vectors.RowCount];
        for (var u = 0; u < users.Length; u++)
            Score(_histories.Items(users[u]), _histories.Rows(users[u]), postings, scores.AsSpan(u * vectors.RowCount, vectors.RowCount));
        return scores;
    }

    /// <summary>Adds up the profile by column, then for each of its columns the vectors that have it.</summary>
    private void Score(ReadOnlySpan<int> items, ReadOnlySpan<int> rows, SparseRows postings, Span<float> scores)
    {
        var profile = new float[_queries.ColumnCount];
        for (var j = 0; j < items.Length; j++)
        {
            var item = Known.Row(items[j], ItemCount, "item");
            var columns = _queries.Row(item);
            var values = _queries.Values(item);
            var weight = rows.IsEmpty ? 1 : _weights[rows[j]];
            for (var c = 0; c < columns.Length; c++) profile[columns[c]] += weight * values[c];
        }
        var length = _unit ? MathF.Sqrt(profile.Sum(x => x * x)) : 1;
        scores.Clear();
        for (var column = 0; column < profile.Length; column++)
        {
            var amount = profile[column];
            if (amount == 0) continue;
            var holders = postings.Row(column);
            var values = postings.Values(column);
            for (var h = 0; h < holders.Length; h++) scores[holders[h]] += amount * values[h];
        }
        if (length > 0 && length != 1) foreach (ref var score in scores) score /= length;
    }
}

using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Models.Content;

/// <summary>
/// ŷ(u, i) = Σ_j w_j s(i, j) / Σ_j |w_j| over the items j that u liked, s the similarity by attributes. An item that nobody has touched is scored like
/// any other; a history of someone unknown counts with weights of 1; users without liked items get popularity.
/// </summary>
/// <param name="liked">What users liked: values are weights, 1 where there are none.</param>
/// <param name="similarity">Of all items of <paramref name="liked"/>.</param>
/// <exception cref="ArgumentException">The similarity is of another number of items.</exception>
public sealed class AttributeRecommender(Interactions liked, AttributeSimilarity similarity) : IRecommender
{
    private readonly Popularity _popularity = similarity.Count == liked.ItemCount
        ? new Popularity(liked.UserCount, liked.ItemCounts())
        : throw new ArgumentException($"The similarity is of {similarity.Count} items, the interactions of {liked.ItemCount}; align the attributes with the items.");

    /// <inheritdoc/>
    public int UserCount => liked.UserCount;

    /// <inheritdoc/>
    public int ItemCount => liked.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => true;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var u = 0; u < users.Length; u++)
        {
            var user = Known.Row(users[u], UserCount, "user");
            var to = scores.Slice(u * ItemCount, ItemCount);
            if (liked.ByUser.Items(user).Length == 0) _popularity.ScoreHistory([], to);
            else Score(liked.ByUser.Items(user), liked.ByUser.Rows(user), to);
        }
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        if (history.Length == 0) return _popularity.ScoreHistory(history, scores);
        Score(history, [], scores);
        return ScoreSource.FoldIn;
    }

    private void Score(ReadOnlySpan<int> items, ReadOnlySpan<int> rows, Span<float> scores)
    {
        scores[..ItemCount].Clear();
        var weights = 0f;
        for (var j = 0; j < items.Length; j++)
        {
            var (item, weight) = (Known.Row(items[j], ItemCount, "item"), rows.IsEmpty ? 1 : liked.Value[rows[j]]);
            for (var i = 0; i < ItemCount; i++) scores[i] += weight * similarity.Of(i, item);
            weights += MathF.Abs(weight);
        }
        if (weights > 0) foreach (ref var score in scores[..ItemCount]) score /= weights;
    }
}

using Bulwark.Data;

namespace Bulwark.Models.Reranking;

/// <summary>A recommender whose first k items are a re-ranked list; the others follow in the order of its scores.</summary>
/// <param name="inner">What scores.</param>
/// <param name="histories">What users touched: never in the list, so that it stays as it is where evaluation masks those.</param>
/// <param name="rerank">How lists are made.</param>
/// <param name="k">Their length.</param>
public sealed class Reranked(IRecommender inner, Histories histories, Rerank rerank, int k) : IRecommender
{
    /// <inheritdoc/>
    public int UserCount => inner.UserCount;

    /// <inheritdoc/>
    public int ItemCount => inner.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => inner.ScoresNewItems;

    /// <summary>k + 1 − place for the items of the list, and score − highest score for the others.</summary>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        inner.Score(users, scores);
        for (var n = 0; n < users.Length; n++) Place(scores.Slice(n * ItemCount, ItemCount), histories.SortedItems(users[n]));
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        var source = inner.ScoreHistory(history, scores);
        Place(scores[..ItemCount], history);
        return source;
    }

    private void Place(Span<float> scores, ReadOnlySpan<int> history)
    {
        var (masked, highest) = (scores.ToArray(), float.NegativeInfinity);
        foreach (var item in history) masked[item] = float.NegativeInfinity;
        foreach (var score in scores)
            if (float.IsFinite(score)) highest = Math.Max(highest, score);
        foreach (ref var score in scores)
            if (float.IsFinite(score)) score -= highest;
        var list = rerank(masked, history, k);
        for (var place = 0; place < list.Length; place++) scores[list[place]] = k - place;
    }
}

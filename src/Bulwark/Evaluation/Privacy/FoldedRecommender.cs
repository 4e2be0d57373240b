using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Evaluation.Privacy;

/// <summary>A recommender for people it has not learned from: everybody is ranked for by their history alone.</summary>
/// <param name="model">What ranks for a history.</param>
/// <param name="histories">What each of the people touched.</param>
public sealed class FoldedRecommender(IRecommender model, Histories histories) : IRecommender
{
    /// <inheritdoc/>
    public int UserCount => histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => model.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => model.ScoresNewItems;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var n = 0; n < users.Length; n++) model.ScoreHistory(histories.Items(users[n]), scores.Slice(n * ItemCount, ItemCount));
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => model.ScoreHistory(history, scores);
}

using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Defenses.Inputs;

/// <summary>A recommender that sees sanitized histories: known users are scored from theirs like anybody unknown to training, so it must fold histories in.</summary>
/// <param name="model">What ranks.</param>
/// <param name="sanitizer">What cleans.</param>
/// <param name="histories">What each known user touched.</param>
public sealed class SanitizedRecommender(IRecommender model, HistorySanitizer sanitizer, Histories histories) : IRecommender
{
    /// <inheritdoc/>
    public int UserCount => model.UserCount;

    /// <inheritdoc/>
    public int ItemCount => model.ItemCount;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var row = 0; row < users.Length; row++) ScoreHistory(histories.Items(users[row]), scores.Slice(row * ItemCount, ItemCount));
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        var keep = sanitizer.Keep(history);
        return model.ScoreHistory([.. history.ToArray().Where((_, at) => keep[at])], scores);
    }
}

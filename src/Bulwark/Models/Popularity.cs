namespace Bulwark.Models;

/// <summary>ŷ(u, i) = how often i occurs in training: the floor that every other model must clear.</summary>
public sealed class Popularity(int userCount, int[] itemCounts) : IRecommender
{
    /// <inheritdoc/>
    public int UserCount => userCount;

    /// <inheritdoc/>
    public int ItemCount => itemCounts.Length;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var u = 0; u < users.Length; u++) Write(scores.Slice(u * ItemCount, ItemCount));
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        Write(scores);
        return ScoreSource.Popularity;
    }

    private void Write(Span<float> scores)
    {
        for (var i = 0; i < itemCounts.Length; i++) scores[i] = itemCounts[i];
    }
}

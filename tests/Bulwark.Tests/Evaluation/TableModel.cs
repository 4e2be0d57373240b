using Bulwark.Models;

namespace Bulwark.Tests.Evaluation;

/// <summary>A recommender that is a table of scores: (users, items).</summary>
internal sealed class TableModel(params float[][] scores) : IRecommender
{
    public int UserCount => scores.Length;

    public int ItemCount => scores[0].Length;

    public void Score(ReadOnlySpan<int> users, Span<float> rows)
    {
        for (var row = 0; row < users.Length; row++) scores[users[row]].CopyTo(rows[(row * ItemCount)..]);
    }

    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> row)
    {
        scores[0].CopyTo(row);
        return ScoreSource.Popularity;
    }
}

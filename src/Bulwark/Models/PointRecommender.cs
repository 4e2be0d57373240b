using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A model at a point: what training gives, and what an attack moves.</summary>
/// <param name="model">The formula.</param>
/// <param name="at">Its values; they must not change while this is used.</param>
/// <param name="popularity">What someone gets of whom nothing is known that the model can use.</param>
public sealed class PointRecommender(IModel model, Point at, Popularity popularity) : IRecommender
{
    private readonly int _mostScores = model is IPairModel and not IRowModel ? 1 << 16 : 1 << 21;     // at once: pairs may need many numbers for each score
    private readonly Point _at = model.Prepared(at).Settled();

    /// <inheritdoc/>
    public int UserCount => model.UserCount;

    /// <inheritdoc/>
    public int ItemCount => model.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => model.ScoresNewItems;

    /// <inheritdoc/>
    public RowRanking? Rows() => model is IRowModel rows ? new(rows, _at) : null;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var block = Math.Max(1, _mostScores / ItemCount);
        for (var first = 0; first < users.Length; first += block)
        {
            using var scope = Scope.Open();
            var some = users.Slice(first, Math.Min(block, users.Length - first));
            model.ScoreAll(_at, new Ids(some)).Values.CopyTo(scores[(first * ItemCount)..]);
        }
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        using var scope = Scope.Open();
        if (history.Length == 0 || model.ScoreHistory(_at, new Ids(history)) is not { } folded) return popularity.ScoreHistory(history, scores);
        folded.Values.CopyTo(scores);
        return ScoreSource.FoldIn;
    }
}

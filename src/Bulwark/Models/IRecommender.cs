namespace Bulwark.Models;

/// <summary>Where the scores for someone unknown to training came from.</summary>
public enum ScoreSource
{
    /// <summary>From the given history, folded into the model.</summary>
    FoldIn,

    /// <summary>From popularity, because the model has nothing to fold in.</summary>
    Popularity,
}

/// <summary>What ranks items: higher scores rank first. Implementations are safe to call from several threads at once.</summary>
public interface IRecommender
{
    /// <summary>Users known to training; user indices are below it.</summary>
    int UserCount { get; }

    /// <summary>Items known to training; every row of scores has this length.</summary>
    int ItemCount { get; }

    /// <summary>Whether an item that nobody touched in training is scored by what is known of it; if not, its scores say nothing.</summary>
    bool ScoresNewItems => false;

    /// <summary>What finds the best items from rows, for as long as this is used; null where scores are no products of rows.</summary>
    RowRanking? Rows() => null;

    /// <summary>Scores of every item for each user: row-major (users, items), seen items not masked.</summary>
    void Score(ReadOnlySpan<int> users, Span<float> scores);

    /// <summary>Scores of every item for someone unknown to training who touched these items, oldest first.</summary>
    ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores);
}

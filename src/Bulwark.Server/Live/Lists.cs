using System.Collections.Concurrent;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Explanation;
using Bulwark.Models;

namespace Bulwark.Server.Live;

/// <summary>
/// The best items for anybody, from the present model and histories. A user whose row follows the events, or who did nothing since training, gets that row's list;
/// somebody else what their history folds in to. What somebody has touched is never listed.
/// </summary>
/// <param name="start">The model as training left it.</param>
/// <param name="histories">Who touched what.</param>
internal sealed class Lists(IRecommender start, LiveHistories histories)
{
    private readonly ConcurrentDictionary<int, bool> _learned = [];                // users that are new since training, whose rows have learned something
    private readonly int _trained = start.UserCount;
    private volatile IRecommender _present = start;

    /// <summary>What ranks now.</summary>
    public IRecommender Present => _present;

    /// <summary>Whether the rows of users move with the events, so that they are better than a fold-in.</summary>
    public bool Follows { get; init; }

    /// <summary>A model that has learned from these users answers from the next request on.</summary>
    public void Learned(IRecommender model, IEnumerable<int> users)
    {
        _present = model;
        foreach (var user in users)
            if (user >= _trained) _learned[user] = true;
    }

    /// <summary>The list of a user's row; −1 is a stranger.</summary>
    public RankedList For(int user, int count) => Of(user, histories.Of(user), Follows || !histories.HasChanged(user), histories.Popularity, count);

    /// <summary>The list that a user had before an event.</summary>
    public RankedList Before(Touch touch, int count) => Of(touch.User, touch.Before, Follows, touch.Popularity, count);

    /// <summary>The list of somebody unknown who touched these.</summary>
    public RankedList ForHistory(int[] history, int count) => Of(-1, history, false, histories.Popularity, count);

    /// <summary>What is popular now, without what is given.</summary>
    public RankedList Popular(int[] without, int count) => Popular(histories.Popularity, without, count);

    /// <summary>Which items of their history speak most for each item of a list that the model made.</summary>
    public IReadOnlyList<Reason>[] Reasons(int[] history, int[] items)
    {
        var present = Present;                               // a later one than the list's knows its items too
        return LeaveOneOut.Of(present, Known(history, present), items);
    }

    private static RankedList Popular(int[] popularity, int[] without, int count) =>
        Best(Array.ConvertAll(popularity, often => (float)often), without, count, ListSource.Popularity);

    private RankedList Of(int user, int[] history, bool byRow, int[] popularity, int count)
    {
        var present = Present;
        var scores = new float[present.ItemCount];
        var known = history.Length > 0 && user >= 0 && user < present.UserCount && (user < _trained || _learned.ContainsKey(user));
        if (!(byRow && known) && present.ScoreHistory(Known(history, present), scores) == ScoreSource.FoldIn) return Best(scores, history, count, ListSource.FoldIn);
        if (!known) return Popular(popularity, history, count);
        present.Score([user], scores);
        return Best(scores, history, count, ListSource.Known);
    }

    private static int[] Known(int[] history, IRecommender present) => Array.FindAll(history, item => item < present.ItemCount);

    private static RankedList Best(float[] scores, int[] without, int count, ListSource source)
    {
        var best = BestItems.Of(scores, without, count);
        return new(best.Items, best.Scores, source);
    }
}

using Bulwark.Evaluation.Explanation;
using Bulwark.Models;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Server.Live;

/// <summary>
/// The best items for anybody, from the present model and histories. A user whose row the model knows and who did nothing since gets that row's list; somebody else
/// what their history folds in to. What somebody has touched is never listed.
/// </summary>
/// <param name="start">The model as training left it.</param>
/// <param name="histories">Who touched what.</param>
internal sealed class Lists(IRecommender start, LiveHistories histories)
{
    private volatile IRecommender _present = start;

    /// <summary>What ranks now. A new one answers from the next request on.</summary>
    public IRecommender Present
    {
        get => _present;
        set => _present = value;
    }

    /// <summary>Whether the rows of users move with the events, so that they are better than a fold-in.</summary>
    public bool Follows { get; init; }

    /// <summary>The list of a user's row; −1 is a stranger.</summary>
    public RankedList For(int user, int count) => Of(user, histories.Of(user), Follows || !histories.HasChanged(user), count);

    /// <summary>The list that a user had before an event.</summary>
    public RankedList Before(Touch touch, int count) => Of(touch.User, touch.Before, Follows, count);

    /// <summary>The list of somebody unknown who touched these.</summary>
    public RankedList ForHistory(int[] history, int count) => Of(-1, history, false, count);

    /// <summary>What is popular now, without what is given.</summary>
    public RankedList Popular(int[] without, int count)
    {
        var popularity = histories.Popularity;
        return Best(Array.ConvertAll(popularity, often => (float)often), without, count, ListSource.Popularity);
    }

    /// <summary>Which items of their history speak most for an item.</summary>
    public IReadOnlyList<Reason> Reasons(int[] history, int item)
    {
        var present = Present;
        return item >= present.ItemCount ? [] : LeaveOneOut.Of(present, Known(history, present), item);
    }

    private RankedList Of(int user, int[] history, bool byRow, int count)
    {
        var (present, known) = (Present, user >= 0);
        var scores = new float[present.ItemCount];
        known &= user < present.UserCount && history.Length > 0;
        if (!(byRow && known) && present.ScoreHistory(Known(history, present), scores) == ScoreSource.FoldIn) return Best(scores, history, count, ListSource.FoldIn);
        if (!known) return Popular(history, count);
        present.Score([user], scores);
        return Best(scores, history, count, ListSource.Known);
    }

    private static int[] Known(int[] history, IRecommender present) => Array.FindAll(history, item => item < present.ItemCount);

    private static RankedList Best(float[] scores, int[] without, int count, ListSource source)
    {
        foreach (var item in without)
            if (item < scores.Length) scores[item] = float.NegativeInfinity;
        var (items, best) = (new int[Math.Min(count, scores.Length)], new float[Math.Min(count, scores.Length)]);
        var found = TopK.Select(scores, items, best);
        return new(items[..found], best[..found], source);
    }
}

using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Evaluation;

/// <summary>
/// A split made ready to judge models: full ranking of the test items, training items masked, and, where the data bring sampled negatives,
/// that protocol instead.
/// </summary>
public sealed class RankingTask
{
    private readonly UserRows _test, _seen;
    private readonly RankingCase[]? _cases;

    /// <summary>Ranks one part of a split; the validation part is ranked with the training items alone masked.</summary>
    /// <param name="train">What models learned from: masked.</param>
    /// <param name="test">What they should find.</param>
    /// <param name="negatives">Given negatives of each user: the protocol is then sampled.</param>
    public RankingTask(Interactions train, Interactions test, Negatives? negatives = null)
    {
        (_test, _seen) = (Rows(test), Rows(train));
        Popularity = new Popularity(train.UserCount, train.ItemCounts());
        if (negatives is not null) _cases = [.. Cases(test, negatives)];
    }

    /// <summary>Ranks each case's positive among its negatives.</summary>
    /// <param name="train">What models learned from.</param>
    /// <param name="cases">What they should find.</param>
    public RankingTask(Interactions train, IEnumerable<RankingCase> cases) : this(train, train) => _cases = [.. cases];

    /// <summary>How often each item occurs in training.</summary>
    public Popularity Popularity { get; }

    /// <summary>Judges a recommender.</summary>
    /// <exception cref="ArgumentException">A cutoff is above the number of candidates.</exception>
    public RankingResult Judge(IRecommender model, IReadOnlyList<Metric> metrics, CancellationToken cancel = default) =>
        _cases is null
            ? FullRanking.Evaluate(model, _test, _seen, metrics, cancel: cancel)
            : SampledRanking.Evaluate(model, _cases, metrics, cancel: cancel);

    /// <summary>Full ranking by goals beside accuracy too: of one validation figure and of <see cref="ListMetrics.Goals"/>, more is better.</summary>
    /// <exception cref="ArgumentException">A cutoff is above the number of candidates.</exception>
    public IReadOnlyList<ReportGoal> Goals(IRecommender model, Metric accuracy, CancellationToken cancel = default)
    {
        var lists = ListMetrics.Goals(accuracy.Cutoff ?? model.ItemCount, _seen.Popularity(model.ItemCount), ItemDistance.ByUsers(_seen, model.ItemCount));
        var result = FullRanking.Evaluate(model, _test, _seen, [accuracy], lists, cancel: cancel);
        return [.. result.Means.Select(mean => new ReportGoal(mean.Key, mean.Value))];
    }

    /// <summary>The distinct items of each user, as evaluation reads them.</summary>
    public static UserRows Rows(Interactions interactions)
    {
        var (start, items) = (new int[interactions.UserCount + 1], new List<int>());
        for (var user = 0; user < interactions.UserCount; user++)
        {
            foreach (var item in interactions.ByUser.SortedItems(user)) items.Add(item);
            start[user + 1] = items.Count;
        }
        return new UserRows(start, [.. items]);
    }

    private static IEnumerable<RankingCase> Cases(Interactions test, Negatives negatives)
    {
        for (var row = 0; row < test.Count; row++)
            if (negatives[test.User[row]].Length > 0) yield return new RankingCase(test.User[row], test.Item[row], negatives[test.User[row]].ToArray());
    }
}

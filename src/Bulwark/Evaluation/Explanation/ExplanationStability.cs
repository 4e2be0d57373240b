using Bulwark.Models;

namespace Bulwark.Evaluation.Explanation;

/// <summary>How alike two explanations of one answer are, such as before and after a perturbation.</summary>
/// <param name="RankCorrelation">
/// Spearman's ρ of the attributions, ties sharing their mean rank: 1 where the order is the same. NaN where all attributions of a side are equal.
/// </param>
/// <param name="TopOverlap">The share of the k strongest that both name.</param>
public readonly record struct ExplanationStability(double RankCorrelation, double TopOverlap)
{
    /// <summary>Compares attributions of the same things in the same order.</summary>
    /// <param name="before">(n).</param>
    /// <param name="after">(n).</param>
    /// <param name="k">How many are named; at most n.</param>
    public static ExplanationStability Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after, int k)
    {
        if (before.Length != after.Length)
            throw new ArgumentException($"There are {before.Length} and {after.Length} attributions; compare those of the same things.");
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, before.Length);
        return new(Correlation(Ranks(before), Ranks(after)), (double)Top(before, k).Intersect(Top(after, k)).Count() / k);
    }

    /// <summary>
    /// The mean over users of how alike the reasons for their first recommendation are. Who has at most k items, or reasons without an order, does not
    /// count; null where nobody does.
    /// </summary>
    /// <param name="model">What recommends and explains.</param>
    /// <param name="moved">The same after a perturbation, explaining the same items.</param>
    /// <param name="histories">What each user touched, oldest first.</param>
    /// <param name="k">How many reasons are named.</param>
    public static ExplanationStability? Mean(IRecommender model, IRecommender moved, IEnumerable<int[]> histories, int k)
    {
        var (all, scores) = (new List<ExplanationStability>(), new float[model.ItemCount]);
        foreach (var history in histories.Where(history => history.Length > k))
        {
            if (model.ScoreHistory(history, scores) != ScoreSource.FoldIn) continue;
            var first = Enumerable.Range(0, scores.Length).Except(history).MaxBy(item => scores[item]);
            var (before, after) = (Effects(model, history, first), Effects(moved, history, first));
            if (Of(before, after, k) is { RankCorrelation: not double.NaN } stability) all.Add(stability);
        }
        return all.Count == 0 ? null : new(all.Average(one => one.RankCorrelation), all.Average(one => one.TopOverlap));
    }

    private static double[] Effects(IRecommender model, int[] history, int item) =>
        [.. LeaveOneOut.Of(model, history, item).OrderBy(reason => reason.Item).Select(reason => reason.Effect)];

    private static int[] Top(ReadOnlySpan<double> values, int k)
    {
        var all = values.ToArray();
        return [.. Enumerable.Range(0, all.Length).OrderByDescending(n => all[n]).Take(k)];
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var all = values.ToArray();
        return [.. all.Select(value => all.Count(other => other < value) + (all.Count(other => other == value) - 1) / 2.0)];
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var product = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return product / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}

using Bulwark.Evaluation.Fairness;
using Bulwark.Models;

namespace Bulwark.Evaluation.Robustness;

/// <summary>A group's figure without and under an attack.</summary>
public sealed record GroupLoss(string Group, int Count, double Clean, double Attacked);

/// <summary>A user or an item that an attack hurts.</summary>
/// <param name="Index">Which.</param>
/// <param name="Clean">Its figure without the attack.</param>
/// <param name="Attacked">And under it.</param>
public readonly record struct Sufferer(int Index, double Clean, double Attacked);

/// <summary>What an attack did to a recommender beyond the mean of a metric: how far scores moved, how many hits were lost, and who pays.</summary>
/// <param name="PredictionShift">The mean of |s' − s| over users and items, in deviations of each user's clean scores around their mean.</param>
/// <param name="Success">The share of the users with a hit in their clean list who have none in the attacked one.</param>
/// <param name="ByUsers">The metric by groups of users.</param>
/// <param name="ByItems">The share of test pairs found, by groups of items.</param>
/// <param name="Users">The users who lose most of the metric, worst first.</param>
/// <param name="Items">The items that lose the most finders, worst first; figures are numbers of users whose list holds what they should find.</param>
public sealed record RobustnessAnalysis(
    double PredictionShift, double Success, IReadOnlyList<GroupLoss> ByUsers, IReadOnlyList<GroupLoss> ByItems,
    IReadOnlyList<Sufferer> Users, IReadOnlyList<Sufferer> Items)
{
    /// <summary>Compares a recommender with what an attack made of it.</summary>
    /// <param name="clean">The recommender.</param>
    /// <param name="attacked">The same, moved.</param>
    /// <param name="test">What users should find.</param>
    /// <param name="seen">What each has trained on.</param>
    /// <param name="metric">The metric; its cutoff, or 10, is the length of lists.</param>
    /// <param name="users">The groups of users.</param>
    /// <param name="named">How many of the worst to name.</param>
    /// <param name="cancel">Stops between blocks of users.</param>
    public static RobustnessAnalysis Of(
        IRecommender clean, IRecommender attacked, UserRows test, UserRows seen, Metric metric, Grouping users, int named = 5, CancellationToken cancel = default)
    {
        var k = Math.Min(metric.Cutoff ?? 10, clean.ItemCount);
        Metric[] metrics = [metric];
        var (before, after) = (FullRanking.Evaluate(clean, test, seen, metrics, cancel: cancel), FullRanking.Evaluate(attacked, test, seen, metrics, cancel: cancel));
        int[] measured = [.. before.Users];
        var (lists, moved) = (FullRanking.Recommend(clean, measured, seen, k, cancel: cancel), FullRanking.Recommend(attacked, measured, seen, k, cancel: cancel));
        var items = Grouping.ByPopularity(seen.Popularity(clean.ItemCount));
        return new(
            Shift(clean, attacked, measured, cancel), Lost(lists, moved, test),
            Losses(GroupFigures.OfUsers(before, metric.Name, users), GroupFigures.OfUsers(after, metric.Name, users)),
            Losses(GroupFigures.OfItems(lists, test, items), GroupFigures.OfItems(moved, test, items)),
            Worst(measured.Select((user, n) => new Sufferer(user, before.PerUser(metric.Name)[n], after.PerUser(metric.Name)[n])), named),
            Worst(Found(lists, test).Zip(Found(moved, test), (a, b) => new Sufferer(a.Item, a.Finders, b.Finders)), named));
    }

    /// <summary>
    /// The smallest ε at which a metric is at most half its clean value: [0, 2ᵐ ε₀] is doubled until it holds the crossing, then halved, so that the answer is
    /// right to one part in 2⁻ˢ of the interval if the metric falls with ε. Null where it is not halved even at the largest.
    /// </summary>
    /// <param name="metric">The metric at an ε.</param>
    /// <param name="clean">At 0.</param>
    /// <param name="first">ε₀.</param>
    /// <param name="doublings">m, the most.</param>
    /// <param name="halvings">s.</param>
    public static float? HalvingEpsilon(Func<float, double> metric, double clean, float first, int doublings = 4, int halvings = 6)
    {
        var (low, high) = (0f, first);
        for (var m = 0; metric(high) > clean / 2; m++)
        {
            if (m == doublings) return null;
            (low, high) = (high, 2 * high);
        }
        for (var s = 0; s < halvings; s++)
        {
            var middle = (low + high) / 2;
            if (metric(middle) > clean / 2) low = middle;
            else high = middle;
        }
        return high;
    }

    private static GroupLoss[] Losses(IReadOnlyList<GroupFigure> clean, IReadOnlyList<GroupFigure> attacked) =>
        [.. clean.Zip(attacked, (a, b) => new GroupLoss(a.Group, a.Count, a.Value, b.Value)).Where(loss => loss.Count > 0)];

    private static Sufferer[] Worst(IEnumerable<Sufferer> all, int named) =>
        [.. all.Where(one => one.Attacked < one.Clean).OrderBy(one => one.Attacked - one.Clean).ThenBy(one => one.Index).Take(named)];

    private static (int Item, double Finders)[] Found(Recommendations lists, UserRows test) =>
        [.. GroupFigures.Hits(lists, test).GroupBy(pair => pair.Item).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum(pair => pair.Hit)))];

    private static double Lost(Recommendations clean, Recommendations attacked, UserRows test)
    {
        var (had, lost) = (0, 0);
        for (var n = 0; n < clean.Users.Count; n++)
        {
            var wanted = test[clean.Users[n]];
            if (!clean.Items(n).ContainsAny(wanted)) continue;
            had++;
            if (!attacked.Items(n).ContainsAny(wanted)) lost++;
        }
        return had == 0 ? 0 : (double)lost / had;
    }

    private static double Shift(IRecommender clean, IRecommender attacked, int[] users, CancellationToken cancel)
    {
        var shifts = new double[users.Length];
        ScoredUsers.ForEach(clean, users, () =>
        {
            var others = new float[clean.ItemCount];
            return (n, scores) =>
            {
                attacked.Score([users[n]], others);
                var (mean, square, shift) = (0.0, 0.0, 0.0);
                foreach (var score in scores) mean += score / (double)scores.Length;
                for (var item = 0; item < scores.Length; item++)
                {
                    square += (scores[item] - mean) * (scores[item] - mean);
                    shift += Math.Abs(others[item] - scores[item]);
                }
                var deviation = Math.Sqrt(square / scores.Length);
                shifts[n] = deviation > 0 ? shift / scores.Length / deviation : 0;
            };
        }, null, cancel);
        return shifts.Length == 0 ? 0 : shifts.Average();
    }
}

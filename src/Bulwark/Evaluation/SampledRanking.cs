using Bulwark.Models;

namespace Bulwark.Evaluation;

/// <summary>
/// The protocol of many older papers (He et al. 2017): one positive is ranked among a few given negatives. Its figures are far above those of
/// <see cref="FullRanking"/>, and it can order models differently (Krichene and Rendle 2020): for comparison with such papers only.
/// </summary>
public static class SampledRanking
{
    /// <summary>
    /// Ranks each case's positive among itself and its negatives: rank = 1 + negatives that score at least as much, so ties are against the
    /// model. A positive that scores NaN or −∞ ranks last.
    /// </summary>
    /// <param name="model">What ranks.</param>
    /// <param name="cases">In the order of the per-user values; a user may have several.</param>
    /// <param name="metrics">Such as <see cref="RankingMetrics.Default"/>.</param>
    /// <param name="progress">Hears how many cases are done.</param>
    /// <param name="cancel">Stops between blocks of cases.</param>
    /// <exception cref="ArgumentException">There is no case, one does not fit the model, or a cutoff is above a case's number of items.</exception>
    public static RankingResult Evaluate(
        IRecommender model, IReadOnlyList<RankingCase> cases, IReadOnlyList<Metric> metrics, IProgress<int>? progress = null,
        CancellationToken cancel = default)
    {
        if (cases.Count == 0) throw new ArgumentException("There is no case to rank: give each test user a positive and its negatives.", nameof(cases));
        foreach (var one in cases) Check(one, model);
        var (fewest, most) = (cases.Min(one => one.Negatives.Length), cases.Max(one => one.Negatives.Length));
        FullRanking.CheckMetrics(metrics, [], fewest + 1);

        var users = cases.Select(one => one.User).ToArray();
        var values = metrics.Select(_ => new double[users.Length]).ToArray();
        ScoredUsers.ForEach(model, users, () => (n, scores) =>
        {
            var positive = scores[cases[n].Positive];
            var others = cases[n].Negatives;
            var rank = 1;
            foreach (var item in others)
                if (scores[item] >= positive) rank++;
            if (!(positive > float.NegativeInfinity)) rank = others.Length + 1;
            for (var m = 0; m < values.Length; m++) values[m][n] = metrics[m].Score([rank], others.Length + 1);
        }, progress, cancel);
        var negatives = fewest == most ? $"{most}" : $"{fewest}–{most}";
        return new RankingResult($"sampled ranking ({negatives} negatives)", users, metrics, values, [], null);
    }

    private static void Check(RankingCase one, IRecommender model)
    {
        if ((uint)one.User >= (uint)model.UserCount)
            throw new ArgumentException($"A case is of user {one.User}, but the model knows {model.UserCount} users: drop users unknown to training.");
        if ((uint)one.Positive >= (uint)model.ItemCount || one.Negatives.Any(item => (uint)item >= (uint)model.ItemCount))
            throw new ArgumentException($"The case of user {one.User} has an item outside the model's {model.ItemCount}: drop items unknown to training.");
    }
}

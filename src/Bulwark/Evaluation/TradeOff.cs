using Bulwark.Models;

namespace Bulwark.Evaluation;

/// <summary>What recommendations were worth at one λ.</summary>
/// <param name="Lambda">λ.</param>
/// <param name="Result">All that was measured there.</param>
/// <param name="OnFront">Whether no other λ of the sweep is better in one goal and at least as good in all: the Pareto front.</param>
public sealed record TradeOff(float Lambda, RankingResult Result, bool OnFront)
{
    /// <summary>Measures accuracy beside diversity, novelty or coverage for each λ.</summary>
    /// <param name="at">The recommender at a λ.</param>
    /// <param name="lambdas">The λ to try.</param>
    /// <param name="test">The relevant items of each user: validation items, where a λ is to be chosen.</param>
    /// <param name="seen">What each user touched in training.</param>
    /// <param name="accuracy">Goals by ranks.</param>
    /// <param name="lists">Goals by lists. Of all goals, higher is better: not Gini.</param>
    /// <param name="cancel">Stops between blocks of users.</param>
    /// <returns>One for each λ, in their order.</returns>
    public static IReadOnlyList<TradeOff> Sweep(
        Func<float, IRecommender> at, IReadOnlyList<float> lambdas, UserRows test, UserRows seen, IReadOnlyList<Metric> accuracy,
        IReadOnlyList<ListMetric> lists, CancellationToken cancel = default)
    {
        var results = lambdas.Select(lambda => FullRanking.Evaluate(at(lambda), test, seen, accuracy, lists, cancel: cancel)).ToArray();
        var goals = accuracy.Select(metric => metric.Name).Concat(lists.Select(metric => metric.Name)).ToArray();
        var front = ParetoFront.Of([.. results.Select(result => goals.Select(goal => result[goal]).ToArray())]);
        return [.. lambdas.Select((lambda, n) => new TradeOff(lambda, results[n], front[n]))];
    }
}

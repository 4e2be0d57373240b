using Bulwark.Models;

namespace Bulwark.Evaluation;

/// <summary>
/// Where a model puts an attacker's targets, for real users: those of training, fakes left out; for each target without the users who have it already; among
/// all items that a user has not trained on, ties against the target.
/// </summary>
public sealed class TargetExposure
{
    private readonly Placed[] _placed;                       // (users, targets)

    private TargetExposure(Placed[] placed) => _placed = placed;

    /// <summary>A target in a user's ranking: its rank, 0 where the user has it; its score; and the score in deviations from the mean of the user's.</summary>
    private readonly record struct Placed(int Rank, double Score, double Standardized);

    /// <summary>Ranks the targets for everybody.</summary>
    /// <param name="model">It may know more users than these.</param>
    /// <param name="seen">What each real user has trained on.</param>
    /// <param name="targets">The attacker's items.</param>
    /// <param name="cancel">Stops between blocks of users.</param>
    public static TargetExposure Of(IRecommender model, UserRows seen, IReadOnlyList<int> targets, CancellationToken cancel = default)
    {
        var placed = new Placed[seen.UserCount * targets.Count];
        ScoredUsers.ForEach(model, [.. Enumerable.Range(0, seen.UserCount)], () =>
        {
            var counter = new RankCounter();
            return (user, scores) =>
            {
                foreach (var item in seen[user]) scores[item] = float.NegativeInfinity;
                var candidates = scores.Length - seen[user].Length;
                var (mean, deviation) = Moments(scores);
                foreach (var (n, target) in targets.Index())
                    if (seen[user].BinarySearch(target) < 0)
                        placed[user * targets.Count + n] = new(counter.Ranks(scores, [target], candidates)[0], scores[target], (scores[target] - mean) / deviation);
            };
        }, null, cancel);
        return new(placed);
    }

    /// <summary>How many pairs of a user and a target there are.</summary>
    public int Pairs => _placed.Count(place => place.Rank > 0);

    /// <summary>HR@k: the share of the pairs of user and target in which the target is among the k best.</summary>
    public double HitRate(int k) => Mean(place => place.Rank <= k ? 1 : 0);

    /// <summary>The mean rank of the targets.</summary>
    public double Rank => Mean(place => place.Rank);

    /// <summary>NDCG@k: 1 / log₂(1 + rank) of a target among the k best, else 0; the mean over pairs.</summary>
    public double Ndcg(int k) => Mean(place => place.Rank <= k ? 1 / Math.Log2(1 + place.Rank) : 0);

    /// <summary>The mean score of the targets, in the model's own units: prediction shift is the difference of two.</summary>
    public double Score => Mean(place => place.Score);

    /// <summary>The mean score of the targets in deviations from the mean of each user's scores, so that models of any scale compare.</summary>
    public double StandardizedScore => Mean(place => place.Standardized);

    private double Mean(Func<Placed, double> value) => Pairs == 0 ? 0 : _placed.Where(place => place.Rank > 0).Average(value);

    /// <summary>Mean and deviation of the candidates' scores; a deviation of 1 where they are all alike.</summary>
    private static (double Mean, double Deviation) Moments(ReadOnlySpan<float> scores)
    {
        var (count, sum, square) = (0, 0.0, 0.0);
        foreach (var score in scores)
            if (float.IsFinite(score)) (count, sum) = (count + 1, sum + score);
        var mean = sum / Math.Max(1, count);
        foreach (var score in scores)
            if (float.IsFinite(score)) square += (score - mean) * (score - mean);
        var deviation = Math.Sqrt(square / Math.Max(1, count));
        return (mean, deviation > 0 ? deviation : 1);
    }
}

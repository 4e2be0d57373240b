using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// ML-1M as in the evaluation of neural collaborative filtering: one test item a user among 99 given negatives, ties against the model; or a
/// validation part carved from training alone: a random training item a user, held out, among 99 items drawn from those left.
/// </summary>
/// <param name="Name">Test or validation.</param>
/// <param name="Train">What to learn from.</param>
/// <param name="Cases">What to find.</param>
internal sealed record NcfPart(string Name, Interactions Train, RankingCase[] Cases)
{
    public const ulong Seed = 1;
    private const int Negatives = 99;
    public static readonly Metric[] Metrics = [RankingMetrics.HitRate(10), RankingMetrics.Ndcg(10)];

    public static NcfPart Test(Dataset data)
    {
        var (test, negatives) = (data.Test!, data.Negatives!);
        return new("test", data.Interactions,
            [.. Enumerable.Range(0, test.Count).Select(row => new RankingCase(test.User[row], test.Item[row], negatives[test.User[row]].ToArray()))]);
    }

    public static NcfPart Validation(Interactions all)
    {
        var rng = new Rng(Seed).Fork("carve");
        var (train, validation) = Splits.Validation(all, Holdout.RandomPerUser, rng);
        var cases = new List<RankingCase>();
        for (var row = 0; row < validation.Count; row++)
        {
            var (user, item, others) = (validation.User[row], validation.Item[row], new HashSet<int>());
            while (others.Count < Negatives)
            {
                var other = rng.Next(all.ItemCount);
                if (!all.ByUser.Contains(user, other)) others.Add(other);
            }
            cases.Add(new RankingCase(user, item, others));
        }
        return new("validation", train, [.. cases]);
    }

    public void Print(string name, string model, string settings, RankingResult result, (double? HitRate, double? Gain) published, long start)
    {
        new Figure(name, model, settings, Seed, Name, "hr@10", result["hr@10"], published.HitRate, Figure.Since(start)).Print();
        new Figure(name, model, settings, Seed, Name, "ndcg@10", result["ndcg@10"], published.Gain, Figure.Since(start)).Print();
    }
}

using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class TargetExposureTests
{
    /// <summary>
    /// Items 0 … 3, targets 2 and 3. User 0 has seen item 0, so that 9 is no rival; 3 scores 5 (rank 1), 2 scores 1 and ties with item 1 (rank 3 among
    /// three). User 1 has target 2 already: only 3 counts, rank 2 among three. User 2 is fake.
    /// </summary>
    [Fact]
    public void RanksAreThoseOfRealUsersWithoutTheTarget()
    {
        var model = new TableModel([9, 1, 1, 5], [4, 0, 9, 2], [0, 0, 9, 9]);
        var exposure = TargetExposure.Of(model, UserRows.Of([0], [2]), [2, 3]);
        Assert.Equal(3, exposure.Pairs);
        Assert.Equal(1.0 / 3, exposure.HitRate(1), 12);
        Assert.Equal(2.0 / 3, exposure.HitRate(2), 12);
        Assert.Equal((1 + 1 / Math.Log2(3)) / 3, exposure.Ndcg(2), 12);
        Assert.Equal((5 + 1 + 2) / 3.0, exposure.Score, 6);
    }

    /// <summary>Scores times ten, plus one: the standardized score is the same. Scores 1, 1, 5 have mean 7/3 and deviation √(32/9).</summary>
    [Fact]
    public void StandardizedScoresHaveNoUnit()
    {
        double Standardized(params float[] scores) => TargetExposure.Of(new TableModel(scores), UserRows.Of([0]), [3]).StandardizedScore;
        Assert.Equal((5 - 7.0 / 3) / Math.Sqrt(32.0 / 9), Standardized(9, 1, 1, 5), 6);
        Assert.Equal(Standardized(9, 1, 1, 5), Standardized(91, 11, 11, 51), 6);
        Assert.Equal(0, Standardized(9, 1, 1, 1), 6);
    }

    /// <summary>k · precision = |T| · recall = targets hit, for every user; over users without targets the mean of hits is |T| times the hit rate of pairs.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void HitsAreCountedAlikeByEveryMetric(int k)
    {
        const int users = 40, items = 30;
        int[] targets = [3, 7, 11, 20, 29];
        var rng = new Rng(7);
        var model = new TableModel([.. Enumerable.Range(0, users).Select(_ => Enumerable.Range(0, items).Select(_ => rng.NextSingle()).ToArray())]);
        var seen = UserRows.Of(Enumerable.Range(0, users).Select(user => Enumerable.Range(0, items).Where(item => !targets.Contains(item) && (user + item) % 5 == 0)));
        var test = UserRows.Of(Enumerable.Range(0, users).Select(_ => (IEnumerable<int>)targets));
        var result = FullRanking.Evaluate(model, test, seen, [RankingMetrics.Precision(k), RankingMetrics.Recall(k)]);
        var (precision, recall) = (result.PerUser($"precision@{k}").ToArray(), result.PerUser($"recall@{k}").ToArray());
        Assert.All(precision.Zip(recall), pair => Assert.Equal(k * pair.First, targets.Length * pair.Second, 9));
        var exposure = TargetExposure.Of(model, seen, targets);
        Assert.Equal(k * precision.Average(), targets.Length * exposure.HitRate(k), 9);
        Assert.True(exposure.HitRate(k) > 0);
    }
}

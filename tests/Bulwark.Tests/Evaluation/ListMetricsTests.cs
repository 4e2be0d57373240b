using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class ListMetricsTests
{
    // Lists of two from four items: [0, 1], [0, 2], and for the third user, who has seen all but item 0, [0].
    private static readonly Recommendations Lists = FullRanking.Recommend(
        new TableModel([4, 3, 2, 1], [4, 2, 3, 1], [1, 1, 1, 1]), [0, 1, 2], UserRows.Of([], [], [1, 2, 3]), 2);

    [Fact]
    public void CoverageWorkedByHand()
    {
        Assert.Equal(3 / 4.0, ListMetrics.Coverage(2).Score(Lists), 12);          // items 0, 1, 2
        Assert.Equal(1 / 4.0, ListMetrics.Coverage(1).Score(Lists), 12);          // item 0
    }

    [Fact]
    public void GiniWorkedByHand()
    {
        // Exposure 0, 1, 1, 3 ascending: (−3·0 − 1·1 + 1·1 + 3·3) / (4·5) = 9/20. One item alone: 1 − 1/4.
        Assert.Equal(9 / 20.0, ListMetrics.Gini(2).Score(Lists), 12);
        Assert.Equal(3 / 4.0, ListMetrics.Gini(1).Score(Lists), 12);
    }

    [Fact]
    public void EvenExposureHasGiniZero()
    {
        var even = FullRanking.Recommend(new TableModel([2, 1], [1, 2]), [0, 1], UserRows.Of([], []), 1);
        Assert.Equal(0, ListMetrics.Gini(1).Score(even), 12);
    }

    [Fact]
    public void NoveltyWorkedByHand()
    {
        // Popularity 4, 2, 1, 1 of 8 is 1, 2, 3, 3 bits: means of the lists 1.5, 2 and 1.
        Assert.Equal((1.5 + 2 + 1) / 3, ListMetrics.Novelty(2, [4, 2, 1, 1]).Score(Lists), 12);
        // Items 1 and 2 untouched, so as if touched once of 8: 3 bits, means 2, 2 and 1.
        Assert.Equal((2 + 2 + 1) / 3.0, ListMetrics.Novelty(2, [4, 0, 0, 4]).Score(Lists), 12);
    }

    [Fact]
    public void DistancesWorkedByHand()
    {
        var cosine = ItemDistance.Cosine(new float[] { 1, 0, 3, 4, 0, 0, -2, 0 }, 2);
        Assert.Equal([1 - 3 / 5.0, 1, 2, 0], new[] { cosine(0, 1), cosine(0, 2), cosine(0, 3), cosine(1, 1) }.Select(d => Math.Round(d, 12)));
        var jaccard = ItemDistance.Jaccard(UserRows.Of([1, 2, 3], [2, 3, 4, 5], [], []));
        Assert.Equal([1 - 2 / 5.0, 1, 0, 0], new[] { jaccard(0, 1), jaccard(0, 2), jaccard(2, 3), jaccard(1, 1) });
    }

    [Fact]
    public void ListMetricsStandBesideTheMeansOfAProtocol()
    {
        var result = FullRanking.Evaluate(new TableModel([4, 3, 2, 1]), UserRows.Of([[1]]), UserRows.Of([[]]), [RankingMetrics.HitRate(1)],
            [ListMetrics.Coverage(1), ListMetrics.Coverage(3)]);
        Assert.Equal(["hr@1", "coverage@1", "coverage@3"], result.Means.Keys);
        Assert.Equal([0, 1 / 4.0, 3 / 4.0], result.Means.Values);
    }

    [Fact]
    public void ListsThatAreTooShortAreRefused() =>
        Assert.Contains("at least 3", Assert.Throws<ArgumentException>(() => ListMetrics.Coverage(3).Score(Lists)).Message);
}

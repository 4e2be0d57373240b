using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class RankingMetricsTests
{
    private static readonly double Log2Of3 = Math.Log2(3);

    // Ranks 2, 3 and 7 of 9 candidates, so m = 3 and C = 9.
    [Fact]
    public void ValuesWorkedByHand()
    {
        Check(RankingMetrics.HitRate(1), 0);
        Check(RankingMetrics.HitRate(2), 1);
        Check(RankingMetrics.Recall(3), 2 / 3.0);                                      // ranks 2 and 3 of three
        Check(RankingMetrics.Precision(5), 2 / 5.0);
        Check(RankingMetrics.F1(5), 2 * 0.4 * (2 / 3.0) / (0.4 + 2 / 3.0));            // the harmonic mean of the two
        Check(RankingMetrics.Ndcg(2), 1 / Log2Of3 / (1 + 1 / Log2Of3));                // ideal: both places relevant
        Check(RankingMetrics.Ndcg(9), (1 / Log2Of3 + 1 / 2.0 + 1 / 3.0) / (1 + 1 / Log2Of3 + 1 / 2.0));   // log₂ 3, 4, 8 over log₂ 2, 3, 4
        Check(RankingMetrics.ReciprocalRank(), 1 / 2.0);
        Check(RankingMetrics.ReciprocalRank(1), 0);
        Check(RankingMetrics.ReciprocalRank(2), 1 / 2.0);
        Check(RankingMetrics.MeanAveragePrecision(2), 1 / 2.0 / 2);                    // precision ½ at rank 2, over min(2, 3)
        Check(RankingMetrics.MeanAveragePrecisionOverRelevant(2), 1 / 2.0 / 3);        // the same over 3
        Check(RankingMetrics.MeanAveragePrecision(9), (1 / 2.0 + 2 / 3.0 + 3 / 7.0) / 3);
        Check(RankingMetrics.Auc(), 1 - (1 + 1 + 4) / 18.0);                           // 1, 1 and 4 of the 6 others stand above each

        static void Check(Metric metric, double expected) => Assert.Equal(expected, metric.Score([2, 3, 7], 9), 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void APerfectRankingHasTheTopValue(int k)
    {
        foreach (var metric in new[] { RankingMetrics.HitRate(k), RankingMetrics.Ndcg(k), RankingMetrics.ReciprocalRank(k),
            RankingMetrics.MeanAveragePrecision(k), RankingMetrics.Auc() })
            Assert.Equal(1, metric.Score([1, 2, 3, 4], 9), 12);
        Assert.Equal(Math.Min(k, 4) / 4.0, RankingMetrics.Recall(k).Score([1, 2, 3, 4], 9), 12);
        Assert.Equal(Math.Min(k, 4) / (double)k, RankingMetrics.Precision(k).Score([1, 2, 3, 4], 9), 12);
    }

    [Fact]
    public void AucIsOneWhereNothingElseIsRanked() => Assert.Equal(1, RankingMetrics.Auc().Score([1, 2], 2));

    [Fact]
    public void NamesSayMetricAndCutoff()
    {
        Assert.Equal(["hr@5", "recall@5", "precision@5", "f1@5", "ndcg@5", "mrr@5", "map@5", "hr@10"],
            RankingMetrics.AtK(5, 10).Take(8).Select(metric => metric.Name));
        Assert.Equal(["hr@10", "recall@10", "precision@10", "ndcg@10", "map@10", "mrr", "auc"], RankingMetrics.Default.Select(metric => metric.Name));
    }

    [Fact]
    public void ACutoffBelowOneIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Ndcg(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.AtK(10, -1));
    }
}

using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Neighbors;
using Bulwark.Models.Reranking;

namespace Bulwark.Tests.Evaluation;

public sealed class TradeOffTests
{
    private static readonly IRecommender Neighbors = ItemKnn.Fit(Blocks.Train, new(30));
    private static readonly UserRows Seen = RankingTask.Rows(Blocks.Train), Test = RankingTask.Rows(Blocks.Test);

    [Fact]
    public void TheFrontIsNotDominatedAndAllElseIs()
    {
        var diversity = ListMetrics.Diversity(3, Unlike);
        var sweep = TradeOff.Sweep(At, [0, 0.2f, 0.4f, 0.6f, 0.8f, 1], Test, Seen, [RankingMetrics.Ndcg(3)], [diversity]);
        var values = sweep.Select(point => new[] { point.Result["ndcg@3"], point.Result["diversity@3"] }).ToArray();
        Assert.Contains(sweep, point => point.OnFront);
        Assert.All(sweep.Zip(values), one => Assert.Equal(one.First.OnFront, !values.Any(other => ParetoFront.Dominates(other, one.Second))));
        Assert.True(values[0][1] > values[^1][1] && values[0][0] <= values[^1][0], "λ = 0 is the more diverse, λ = 1 the more right");
    }

    /// <summary>At λ = 1 lists and figures are those of the recommender itself.</summary>
    [Fact]
    public void RerankedAtTheOrderOfScoresChangesNothing()
    {
        int[] users = [.. Enumerable.Range(0, Blocks.Users)];
        var (plain, reranked) = (FullRanking.Recommend(Neighbors, users, Seen, 8), FullRanking.Recommend(At(1), users, Seen, 8));
        foreach (var user in users) Assert.Equal(plain.Items(user).ToArray(), reranked.Items(user).ToArray());
        var scores = new float[Blocks.Items];
        Assert.Equal(ScoreSource.FoldIn, At(0).ScoreHistory([1, 2], scores));
        Assert.Equal(3, scores.Count(score => score > 0));
        Assert.True(scores[1] <= 0 && scores[2] <= 0);
    }

    private static IRecommender At(float lambda) => new Reranked(Neighbors, Blocks.Train.ByUser, MarginalRelevance.At(Unlike, lambda), 3);

    private static double Unlike(int a, int b) => a / Blocks.ItemsEach == b / Blocks.ItemsEach ? 0.2 + 0.01 * Math.Abs(a - b) : 1;
}

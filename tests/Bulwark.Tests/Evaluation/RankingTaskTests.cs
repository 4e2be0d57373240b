using Bulwark.Data;
using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class RankingTaskTests
{
    // User 0 touched item 0 and should find 2; user 1 touched nothing and should find 1 and 3.
    private static readonly Interactions Train = Blocks.Of(3, 5, [(0, 0), (0, 0), (2, 4)]);
    private static readonly Interactions Test = Blocks.Of(3, 5, [(0, 2), (1, 3), (1, 1), (1, 3)]);
    private static readonly TableModel Model = new([9, 8, 7, 6, 5], [1, 5, 4, 5, 9], [1, 2, 3, 4, 5]);

    /// <summary>Item 0 is masked for user 0: item 2 has one above it, of four. User 1's rank 2 and 3.</summary>
    [Fact]
    public void TrainingItemsAreMaskedAndRepeatsCountOnce()
    {
        var result = new RankingTask(Train, Test).Judge(Model, [RankingMetrics.ReciprocalRank(), RankingMetrics.Recall(2)]);
        Assert.Equal([0, 1], result.Users);
        Assert.Equal([1 / 2.0, 1 / 2.0], result.PerUser("mrr").ToArray());
        Assert.Equal([1, 1 / 2.0], result.PerUser("recall@2").ToArray());
        Assert.Equal(1, result.SkippedUsers);
    }

    [Fact]
    public void RowsAreTheDistinctItemsOfEachUser()
    {
        var rows = RankingTask.Rows(Test);
        Assert.Equal([2], rows[0].ToArray());
        Assert.Equal([1, 3], rows[1].ToArray());
        Assert.Empty(rows[2].ToArray());
    }

    [Fact]
    public void PopularityCountsTrainingRows()
    {
        var scores = new float[5];
        new RankingTask(Train, Test).Popularity.Score([1], scores);
        Assert.Equal([2, 0, 0, 0, 1], scores);
    }

    /// <summary>With given negatives the protocol is sampled: user 0's item 2 against 3 and 4 is first; user 1's item 3 against 4 second, item 1 too.</summary>
    [Fact]
    public void GivenNegativesAreTheOnlyRivals()
    {
        var result = new RankingTask(Train, Test.DistinctPairs(), new Negatives([0, 2, 3, 3], [3, 4, 4])).Judge(Model, [RankingMetrics.ReciprocalRank()]);
        Assert.Contains("sampled", result.Protocol);
        Assert.Equal([1, 1 / 2.0, 1 / 2.0], result.PerUser("mrr").ToArray());
    }

    /// <summary>User 0's item 2 is below 0 and 1, user 1's item 1 above 2 and level with 3, which ranks before it.</summary>
    [Fact]
    public void CasesBringTheirOwnRivals()
    {
        RankingCase[] cases = [new(0, 2, [0, 1, 4]), new(1, 1, [2, 3])];
        Assert.Equal([1 / 3.0, 1 / 2.0], new RankingTask(Train, cases).Judge(Model, [RankingMetrics.ReciprocalRank()]).PerUser("mrr").ToArray());
    }
}

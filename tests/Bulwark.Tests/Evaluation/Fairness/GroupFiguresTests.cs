using Bulwark.Evaluation;
using Bulwark.Evaluation.Fairness;

namespace Bulwark.Tests.Evaluation.Fairness;

/// <summary>Two users, four items, nothing seen: the lists of two are (0, 1) and (1, 2).</summary>
public sealed class GroupFiguresTests
{
    private static readonly TableModel Model = new([4, 3, 2, 1], [1, 4, 3, 2]);
    private static readonly UserRows Seen = UserRows.Of([], []), Test = UserRows.Of([0, 3], [3]);
    private static readonly Recommendations Lists = FullRanking.Recommend(Model, [0, 1], Seen, 2);
    private static readonly Grouping Items = new("half", ["low", "high", "none"], [0, 0, 1, 1]);

    /// <summary>User 0 finds one of two, user 1 none: ½ and 0, a gap of ½.</summary>
    [Fact]
    public void UsersAreAveragedGroupByGroup()
    {
        var result = FullRanking.Evaluate(Model, Test, Seen, [RankingMetrics.Recall(2)]);
        var figures = GroupFigures.OfUsers(result, "recall@2", new("x", ["a", "b"], [1, 0]));
        Assert.Equal([("a", 1, 0.0), ("b", 1, 0.5)], figures.Select(f => (f.Group, f.Count, f.Value)));
        Assert.Equal(0.5, GroupFigures.Gap(figures));
        Assert.Equal(0, GroupFigures.Gap(figures.Take(1).ToArray()));
    }

    /// <summary>The pairs are (0, 0), found, and (0, 3) and (1, 3), not found.</summary>
    [Fact]
    public void ItemsAreFoundPairByPair()
    {
        var figures = GroupFigures.OfItems(Lists, Test, Items);
        Assert.Equal([("low", 1, 1.0), ("high", 2, 0.0)], figures.Take(2).Select(f => (f.Group, f.Count, f.Value)));
        Assert.True(double.IsNaN(figures[2].Value));
    }

    /// <summary>Places 1 and 2 get 1 and 1/log₂3 =: c. Low has both of user 0's and the first of user 1's: (2 + c) / (2 + 2c).</summary>
    [Fact]
    public void ExposureIsDiscountedByPlace()
    {
        var c = 1 / Math.Log2(3);
        var exposure = GroupFigures.Exposure(Lists, Items);
        Assert.Equal((2 + c) / (2 + 2 * c), exposure[0].Value, 12);
        Assert.Equal(1, exposure.Sum(figure => figure.Value), 12);
        Assert.Equal([2, 2, 0], exposure.Select(figure => figure.Count));
    }
}

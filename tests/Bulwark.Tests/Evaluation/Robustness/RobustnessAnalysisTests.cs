using Bulwark.Evaluation;
using Bulwark.Evaluation.Fairness;
using Bulwark.Evaluation.Robustness;

namespace Bulwark.Tests.Evaluation.Robustness;

/// <summary>Three users, three items, nothing seen, lists of one. Users should find items 0, 1 and 2; clean, users 0 and 1 do; attacked, user 1 alone.</summary>
public sealed class RobustnessAnalysisTests
{
    private static readonly TableModel Clean = new([3, 2, 1], [1, 3, 2], [3, 2, 1]), Attacked = new([0, 2, 1], [1, 3, 2], [3, 2, 1]);
    private static readonly UserRows Test = UserRows.Of([0], [1], [2]), Seen = UserRows.Of([], [], []);
    private static readonly Grouping Users = new("x", ["a", "b"], [0, 0, 1]);

    private static RobustnessAnalysis Of(TableModel attacked) => RobustnessAnalysis.Of(Clean, attacked, Test, Seen, RankingMetrics.Recall(1), Users);

    /// <summary>User 0's scores 3, 2, 1 deviate by √(2/3) and move by 3 in one of three: a mean shift of 1/√(2/3), a third of it over all users.</summary>
    [Fact]
    public void ShiftAndLostHitsAreCounted()
    {
        var analysis = Of(Attacked);
        Assert.Equal(1 / Math.Sqrt(2.0 / 3) / 3, analysis.PredictionShift, 6);
        Assert.Equal(0.5, analysis.Success);
    }

    [Fact]
    public void WhoPaysIsNamed()
    {
        var analysis = Of(Attacked);
        Assert.Equal([new GroupLoss("a", 2, 1, 0.5), new GroupLoss("b", 1, 0, 0)], analysis.ByUsers);
        Assert.Equal([new Sufferer(0, 1, 0)], analysis.Users);
        Assert.Equal([new Sufferer(0, 1, 0)], analysis.Items);
        Assert.Equal([(3, 2 / 3.0, 1 / 3.0)], analysis.ByItems.Select(loss => (loss.Count, loss.Clean, loss.Attacked)));
    }

    [Fact]
    public void NoAttackChangesNothing()
    {
        var analysis = Of(Clean);
        Assert.Equal((0, 0), (analysis.PredictionShift, analysis.Success));
        Assert.Empty(analysis.Users);
        Assert.Empty(analysis.Items);
    }

    /// <summary>1 − ε/3 is ½ at 1.5: from .25 the interval becomes [1, 2], and six halvings leave 1/64.</summary>
    [Fact]
    public void TheHalvingEpsilonIsFoundByBisection()
    {
        Assert.InRange(RobustnessAnalysis.HalvingEpsilon(epsilon => 1 - epsilon / 3, 1, 0.25f)!.Value, 1.5f, 1.5f + 1 / 64f);
        Assert.InRange(RobustnessAnalysis.HalvingEpsilon(epsilon => 1 - epsilon / 3, 1, 8)!.Value, 1.5f, 1.5f + 8 / 64f);
        Assert.Null(RobustnessAnalysis.HalvingEpsilon(_ => 0.6, 1, 0.25f));
    }
}

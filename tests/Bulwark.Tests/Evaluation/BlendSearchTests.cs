using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Ensembles;

namespace Bulwark.Tests.Evaluation;

public sealed class BlendSearchTests
{
    /// <summary>Nobody has touched item 0; user 0 wants item 1, user 1 item 4. Each member is right about one of them, and for the other puts it third.</summary>
    private static readonly TableModel
        Left = new([0, 1, 0.2f, 0.1f, 0], [0, 1, 0.9f, 0, 0.8f]),
        Right = new([0, 0.8f, 0, 0.9f, 1], [0, 0, 0.1f, 0.2f, 1]),
        Wrong = new([1, 0, 0, 0, 0], [1, 0, 0, 0, 0]);

    private static readonly RankingTask Task = new(Blocks.Of(2, 5, []), Blocks.Of(2, 5, [(0, 1), (1, 4)]));

    [Fact]
    public void ItFindsABlendThatBeatsEachMember()
    {
        var metric = RankingMetrics.Ndcg(5);
        IRecommender[] members = [Left, Right, Wrong];
        var (blend, weights, value) = BlendSearch.Run(members, ScoreScales.Range, Task, metric);
        Assert.All(members, member => Assert.True(Task.Judge(member, [metric])[metric.Name] < value));
        Assert.Equal(1, value, 1e-9);
        Assert.Equal(value, Task.Judge(blend, [metric])[metric.Name]);
        Assert.Equal(1, weights.Sum(), 1e-6f);
        Assert.Equal(0, weights[2]);
        Assert.Equal(weights, BlendSearch.Run(members, ScoreScales.Range, Task, metric).Weights);
    }

    [Fact]
    public void OneMemberHasAllTheWeight() => Assert.Equal([1], BlendSearch.Run([Left], ScoreScales.Standard, Task, RankingMetrics.Ndcg(5)).Weights);

    [Fact]
    public void NoMembersAndNoPartsAreRefused()
    {
        Assert.Contains("at least one member", Assert.Throws<ArgumentException>(() => BlendSearch.Run([], ScoreScales.Range, Task, RankingMetrics.Ndcg(5))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BlendSearch.Run([Left], ScoreScales.Range, Task, RankingMetrics.Ndcg(5), 0));
    }
}

using Bulwark.Attacks.Histories;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tests.Attacks.Histories;

namespace Bulwark.Tests.Evaluation;

public sealed class HistoryStudyTests
{
    private static readonly HistoryCase[] Cases = [.. Enumerable.Range(0, 30).Select(n => new HistoryCase([n % 12, (n + 5) % 12, (n + 7) % 12], (n + 1 + n / 12) % 12))];

    /// <summary>Scores 6, 5, …, 1, those of 1 and 2 exchanged once 4 was touched. For who touched 0: item 1 stands first, and second after 4 came in.</summary>
    private static readonly HistoryVictim Turning = new(6, (histories, scores) =>
    {
        for (var n = 0; n < histories.Count; n++)
            (histories[n].Contains(4) ? [6f, 4, 5, 3, 2, 1] : new[] { 6f, 5, 4, 3, 2, 1 }).CopyTo(scores[(n * 6)..]);
    });

    /// <summary>Item 1 leaves the list of one: hit rate 1, then 0; item 2 comes into it: 0, then 1, and NDCG the same with one place.</summary>
    [Fact]
    public void RanksAreMeasuredAnewAfterEachEdit()
    {
        var spoil = new HistoryStudy([new([0], 1)], new(1, EditKinds.Insert), 1);
        var paths = spoil.Add("m", Turning, "all", GreedyEdits.Exhaustive, new(1));
        Assert.Contains(4, paths[0][1]);
        Assert.Equal([("none", 0, "hr@1", 1), ("all", 1, "hr@1", 0), ("none", 0, "ndcg@1", 1), ("all", 1, "ndcg@1", 0)], Values(spoil));

        var push = new HistoryStudy([new([0], 1, Target: 2)], new(1, EditKinds.Insert), 1);
        push.Add("m", Turning, "all", GreedyEdits.Exhaustive, new(1));
        Assert.Equal([("none", 0, "target hr@1", 0), ("all", 1, "target hr@1", 1)], Values(push)[..2]);
        Assert.Equal(("target hr@1", "hr@1"), (push.Aim, spoil.Aim));

        static (string, int, string, double)[] Values(HistoryStudy study) => [.. study.Rows.Select(row => (row.Attack, (int)row.Epsilon, row.Metric, row.Value))];
    }

    /// <summary>Item 3 is not in the list of one of who touched 0: the next item is missed already, and the history is left alone.</summary>
    [Fact]
    public void WhatIsNotListedIsNotSpoiled()
    {
        var paths = new HistoryStudy([new([0], 3)], new(2), 1).Add("m", Turning, "random", new RandomEdits(), new(1));
        Assert.Equal([[0], [0], [0]], paths[0]);
    }

    /// <summary>The clean figures are those of the usual full ranking of the same shoppers.</summary>
    [Fact]
    public void WithoutEditsItIsTheFullRanking()
    {
        var (_, model, at) = HistoryWorld.Formulas[0];
        var valid = Cases.Where(one => !one.History.Contains(one.Next)).ToArray();
        var study = new HistoryStudy(valid, new(1), 3);
        study.Add("m", HistoryVictim.Of(model, at), "random", new RandomEdits(), new(1));
        var (before, next) = (Blocks.Of(valid.Length, 12, [.. valid.SelectMany((one, n) => one.History.Select(item => (n, item)))]),
            Blocks.Of(valid.Length, 12, [.. valid.Select((one, n) => (n, one.Next))]));
        var ranking = new PointRecommender(((IHistoryModel)model).Knowing(before.ByUser), at, new(valid.Length, before.ItemCounts()));
        var full = new RankingTask(before, next).Judge(ranking, [RankingMetrics.HitRate(3), RankingMetrics.Ndcg(3)]);
        Assert.Equal(full["hr@3"], study.Rows.Single(row => row is { Metric: "hr@3", Epsilon: 0 }).Value, 1e-9);
        Assert.Equal(full["ndcg@3"], study.Rows.Single(row => row is { Metric: "ndcg@3", Epsilon: 0 }).Value, 1e-9);
    }

    /// <summary>The clean model stands once, however many attacks there are, and a second seed is averaged.</summary>
    [Fact]
    public void EachCellHasAValueForEachSeed()
    {
        var (victim, study) = (HistoryWorld.Named("SASRec"), new HistoryStudy([.. Cases.Where(one => !one.History.Contains(one.Next))], new(2), 3));
        foreach (var seed in (ulong[])[1, 2])
        {
            study.Add("m", victim, "random", new RandomEdits(), new(seed));
            study.Add("m", victim, "sampled", GreedyEdits.Sampled(10), new(seed));
        }
        Assert.Equal(2 * 5, study.Rows.Count);
        Assert.All(study.Rows, row => Assert.Equal(2, row.Seeds));
        var (none, one, two) = (Hits("none", 0), Hits("sampled", 1), Hits("sampled", 2));
        Assert.True(none >= one && one >= two && none > two, $"{none} {one} {two}");             // the margin decides the hit

        double Hits(string attack, int edits) => study.Rows.Single(row => row.Attack == attack && row.Epsilon == edits && row.Metric == "hr@3").Value;
    }

    [Fact]
    public void ThreadsDoNotMatter() => Bulwark.Tests.Models.World.WithAnyThreads(() =>
    {
        var study = new HistoryStudy([.. Cases.Where(one => !one.History.Contains(one.Next))], new(2), 3);
        study.Add("m", HistoryWorld.Named("GRU4Rec"), "guided", GreedyEdits.Guided(5), new(1));
        return [.. study.Rows.Select(row => (float)row.Value)];
    });

    [Fact]
    public void WhatAnAttackReturnsIsChecked()
    {
        var study = new HistoryStudy([new([0], 1)], new(1), 1);
        var refusal = Assert.Throws<InvalidOperationException>(() => study.Add("m", Turning, "cheat", new Cheat(), new(1)));
        Assert.Contains("item 1 came in", refusal.Message);
        Assert.Throws<ArgumentException>(() => new HistoryStudy([new([0], 1), new([0], 1, 2)], new(1)));
    }

    /// <summary>Puts the true next item into the history.</summary>
    private sealed class Cheat : IHistoryAttack
    {
        public IReadOnlyList<int[]> Find(HistoryProblem problem, Bulwark.Tensors.Rng rng) => [problem.Clean, [.. problem.Clean, 1]];
    }
}

using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Neighbors;
using Bulwark.Tests.Evaluation;

namespace Bulwark.Tests.Models.Ensembles;

public sealed class BlendTests
{
    private static readonly TableModel First = new([10, 30, 20, 0], [1, 1, 1, 1]), Second = new([5, 6, 8, 7], [0, 3, 1, 2]);

    public static TheoryData<string> Scales => ["range", "standard", "reciprocal rank"];

    [Theory, MemberData(nameof(Scales))]
    public void WithAllWeightOnOneMemberItRanksLikeIt(string scale)
    {
        Assert.Equal([1, 2, 0, 3], Ranked(new([new(First), new(Second, 0)], Scale(scale)), 0));
        Assert.Equal([2, 3, 1, 0], Ranked(new([new(First, 0), new(Second, 0.1f)], Scale(scale)), 0));
    }

    [Fact]
    public void RangesAddUp()
    {
        var blend = new Blend([new(First, 2), new(Second, 3)], ScoreScales.Range);
        Assert.Equal([2f / 3 * 1, 2f + 1, 4f / 3 + 3, 2], Scores(blend, 0), Close);           // (10, 30, 20, 0) / 30, (0, 1, 3, 2) / 3
        Assert.Equal([0, 3, 1, 2], Scores(blend, 1), Close);                                  // equal scores say nothing
    }

    /// <summary>Mean 15, deviation √125; mean 6.5, deviation √1.25.</summary>
    [Fact]
    public void StandardScoresAddUp()
    {
        var blend = new Blend([new(First), new(Second, 0.5f)], ScoreScales.Standard);
        var (a, b) = (MathF.Sqrt(125), 0.5f / MathF.Sqrt(1.25f));
        Assert.Equal([-5 / a - 1.5f * b, 15 / a - 0.5f * b, 5 / a + 1.5f * b, -15 / a + 0.5f * b], Scores(blend, 0), Close);
    }

    /// <summary>Ranks (3, 1, 2, 4) and (4, 3, 1, 2) with k = 60; four equal scores share rank 2.5.</summary>
    [Fact]
    public void ReciprocalRanksWorkedByHand()
    {
        var blend = new Blend([new(First), new(Second)], ScoreScales.ReciprocalRank());
        Assert.Equal([1 / 63f + 1 / 64f, 1 / 61f + 1 / 63f, 1 / 62f + 1 / 61f, 1 / 64f + 1 / 62f], Scores(blend, 0), Close);
        Assert.Equal([1 / 62.5f + 1 / 64f, 1 / 62.5f + 1 / 61f, 1 / 62.5f + 1 / 63f, 1 / 62.5f + 1 / 62f], Scores(blend, 1), Close);
        Assert.Equal([1 / 3f, 1, 1 / 2f, 1 / 4f], Scores(new([new(First)], ScoreScales.ReciprocalRank(0)), 0), Close);
    }

    [Theory, MemberData(nameof(Scales))]
    public void WhatIsNoScoreComesLast(string scale)
    {
        var model = new TableModel([2, float.NegativeInfinity, 3, float.NaN]);
        var scores = Scores(new([new(model)], Scale(scale)), 0);
        Assert.True(scores[2] > scores[0] && scores[0] >= scores[1] && scores[1] == scores[3], string.Join(", ", scores));
    }

    /// <summary>Popularity of a member that cannot fold in does not dilute the one that can.</summary>
    [Fact]
    public void SomeoneNewIsScoredByTheMembersThatFoldIn()
    {
        var (popular, neighbors) = (new Popularity(Blocks.Users, Blocks.Train.ItemCounts()), ItemKnn.Fit(Blocks.Train, new(30)));
        var (scores, alone) = (new float[Blocks.Items], new float[Blocks.Items]);
        Assert.Equal(ScoreSource.FoldIn, new Blend([new(popular), new(neighbors)], ScoreScales.Range).ScoreHistory([1, 2], scores));
        Assert.Equal(ScoreSource.FoldIn, new Blend([new(neighbors)], ScoreScales.Range).ScoreHistory([1, 2], alone));
        Assert.Equal(alone, scores);
        Assert.Equal(ScoreSource.Popularity, new Blend([new(popular), new(neighbors)], ScoreScales.Range).ScoreHistory([], scores));
    }

    [Fact]
    public void BadMembersAreRefusedInASentence()
    {
        Assert.Contains("at least one", Refused([]));
        Assert.Contains("1 users and 4 items, another 2 and 4", Refused([new(First), new(new TableModel([1, 2, 3, 4]))]));
        Assert.Contains("-1", Refused([new(First, -1)]));
        Assert.Contains("zero", Refused([new(First, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreScales.ReciprocalRank(-1));

        static string Refused(Member[] members) => Assert.Throws<ArgumentException>(() => new Blend(members, ScoreScales.Range)).Message;
    }

    private static bool Close(float x, float y) => Math.Abs(x - y) < 1e-6f * Math.Max(1, Math.Abs(x));

    private static ScoreScale Scale(string name) => name switch
    {
        "range" => ScoreScales.Range,
        "standard" => ScoreScales.Standard,
        _ => ScoreScales.ReciprocalRank(),
    };

    private static float[] Scores(Blend blend, int user)
    {
        var scores = new float[blend.ItemCount];
        blend.Score([user], scores);
        return scores;
    }

    private static int[] Ranked(Blend blend, int user)
    {
        var scores = Scores(blend, user);
        return [.. Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item])];
    }
}

using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Neighbors;
using Bulwark.Tests.Evaluation;

namespace Bulwark.Tests.Models.Ensembles;

public sealed class StackTests
{
    private static readonly TableModel First = new([0, 1, 4], [2, 0, 1]), Second = new([3, 0, 0], [0, 0, 5]);

    /// <summary>User 0 touched item 0, user 1 items 0 and 1: counts (2, 1, 0).</summary>
    private static readonly Interactions Train = Blocks.Of(2, 3, [(0, 0), (1, 0), (1, 1)]);

    /// <summary>
    /// Ranges of user 1: (1, 0, .5) and (0, 0, 1); of popularity: (1, ln 2 / ln 3, 0). h = ln 3 − (ln 2 + ln 3) / 2 = ½ ln 1.5, and its negative for user 0,
    /// whose ranges are (0, .25, 1) and (1, 0, 0).
    /// </summary>
    [Fact]
    public void ScoresWorkedByHand()
    {
        var stack = new Stack([First, Second], ScoreScales.Range, Train, [2, 0, 1, 10, 0.5f, -4]);
        var (h, popular, scores) = (0.5 * Math.Log(1.5), Math.Log(2) / Math.Log(3), new float[6]);
        stack.Score([1, 0], scores);
        double second = 1 + 10 * h, popularity = 0.5 - 4 * h;
        Close([2 + popularity, popularity * popular, 1 + second], scores.AsSpan(0, 3));
        (second, popularity) = (1 - 10 * h, 0.5 + 4 * h);
        Close([second + popularity, 0.5 + popularity * popular, 2], scores.AsSpan(3, 3));
    }

    [Fact]
    public void AtTheStartItIsTheBlendOfEqualShares()
    {
        float[] expected = new float[6], scores = new float[6];
        new Blend([new(First), new(Second)], ScoreScales.Standard).Score([0, 1], expected);
        new Stack([First, Second], ScoreScales.Standard, Train).Score([0, 1], scores);
        Assert.Equal(expected, scores);
    }

    /// <summary>A member that cannot fold in is left out, and popularity comes in.</summary>
    [Fact]
    public void SomeoneNewIsScoredByTheMembersThatFoldIn()
    {
        var (knn, popular) = (ItemKnn.Fit(Blocks.Train, new(30)), new Popularity(Blocks.Users, Blocks.Train.ItemCounts()));
        float[] with = new float[Blocks.Items], alone = new float[Blocks.Items];
        Assert.Equal(ScoreSource.FoldIn, new Stack([popular, knn], ScoreScales.Range, Blocks.Train, [9, 9, 1, 1, 0, 0]).ScoreHistory([1, 2], with));
        Assert.Equal(ScoreSource.FoldIn, new Stack([knn], ScoreScales.Range, Blocks.Train, [1, 1, 0, 0]).ScoreHistory([1, 2], alone));
        Assert.Equal(alone, with);
        Assert.Equal(ScoreSource.Popularity, new Stack([popular], ScoreScales.Range, Blocks.Train).ScoreHistory([1, 2], with));
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInASentence()
    {
        Assert.Contains("at least one", Refused([], null));
        Assert.Contains("1 users and 3 items", Refused([new TableModel([1, 2, 3])], null));
        Assert.Contains("need 4 weights, not 2", Refused([First], [1, 2]));

        static string Refused(IRecommender[] members, float[]? weights) =>
            Assert.Throws<ArgumentException>(() => new Stack(members, ScoreScales.Range, Train, weights)).Message;
    }

    private static void Close(double[] expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }
}

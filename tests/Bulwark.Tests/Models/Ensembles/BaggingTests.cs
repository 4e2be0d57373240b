using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;
using Bulwark.Tests.Evaluation;

namespace Bulwark.Tests.Models.Ensembles;

public sealed class BaggingTests
{
    private static readonly TableModel First = new([4, 3, 2, 0], [0, 1, 2, 4]), Second = new([0, 4, 2, 1], [4, 0, 0, 0]);

    /// <summary>User 0 touched item 3, user 1 item 0.</summary>
    private static readonly Interactions Train = Blocks.Of(2, 4, [(0, 3), (1, 0)]);

    private static readonly Histories All = Train.ByUser, OfUser0 = Train.Select([0]).ByUser;

    /// <summary>
    /// Ranges of user 0: (1, .75, .5, 0) and (0, 1, .5, .25). The tables cannot fold in, so the second, which has not seen user 1, says nothing of them.
    /// </summary>
    [Fact]
    public void TheMeanIsOverTheMembersThatKnowTheUser()
    {
        var bagging = new Bagging([new(First, All), new(Second, OfUser0)], Train, ScoreScales.Range);
        var scores = new float[8];
        bagging.Score([1, 0], scores);
        Assert.Equal([0, 0.25f, 0.5f, 1, 0.5f, 0.875f, 0.5f, 0.125f], scores);
    }

    /// <summary>What user 0 touched, item 3, is in no list: (0, 1) and (1, 2); user 1's first member gives (3, 2), the second has no vote.</summary>
    [Fact]
    public void ListsAndVotesAreTheMembersOwn()
    {
        var bagging = new Bagging([new(First, All), new(Second, OfUser0)], Train, ScoreScales.Range);
        Assert.Equal([[0, 1], [1, 2]], bagging.Lists(0, 2));
        Assert.Equal([1, 2, 1, 0], bagging.Votes(0, 2));
        Assert.Equal([[3, 2], []], bagging.Lists(1, 2));
        Assert.Equal([0, 0, 1, 1], bagging.Votes(1, 2));
        Assert.Equal(3, bagging.Lists(0, 10)[0].Length);
    }

    /// <summary>A member folds in whom it has not seen; where none can, popularity ranks.</summary>
    [Fact]
    public void StrangersAreFoldedIn()
    {
        var others = Blocks.Train.Select([.. Enumerable.Range(0, Blocks.Train.Count).Where(row => Blocks.Train.User[row] != 3)]);
        var knn = ItemKnn.Fit(others, new(30));
        float[] scores = new float[Blocks.Items], expected = new float[Blocks.Items];
        new Bagging([new(knn, others.ByUser)], Blocks.Train, ScoreScales.Range).Score([3], scores);
        knn.ScoreHistory(Blocks.Train.ByUser.Items(3), expected);
        ScoreScales.Range(expected);
        Assert.Equal(expected, scores);

        var popular = new Popularity(Blocks.Users, Blocks.Train.ItemCounts());
        new Bagging([new(popular, others.ByUser)], Blocks.Train, ScoreScales.Range).Score([3], scores);
        popular.Score([3], expected);
        Assert.Equal(expected, scores);
    }

    [Fact]
    public void ASampleHasAllThatAShareOfTheUsersDid()
    {
        var sample = Bagging.Sample(Blocks.Train, 0.4, new Rng(1));
        int[] drawn = [.. Enumerable.Range(0, Blocks.Users).Where(user => sample.ByUser.Items(user).Length > 0)];
        Assert.Equal(12, drawn.Length);
        Assert.All(drawn, user => Assert.Equal(Blocks.Train.ByUser.Items(user).ToArray(), sample.ByUser.Items(user).ToArray()));
        Assert.Same(Blocks.Train.Users, sample.Users);
        Assert.Equal(sample.Hash, Bagging.Sample(Blocks.Train, 0.4, new Rng(1)).Hash);
        Assert.NotEqual(sample.Hash, Bagging.Sample(Blocks.Train, 0.4, new Rng(2)).Hash);
        Assert.Equal(Blocks.Train.Count, Bagging.Sample(Blocks.Train, 1, new Rng(1)).Count);
        Assert.Equal(9, Bagging.Sample(Blocks.Train, 0.001, new Rng(1)).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Bagging.Sample(Blocks.Train, 0, new Rng(1)));
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInASentence()
    {
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new Bagging([], Train, ScoreScales.Range)).Message);
        Assert.Contains("2 users and 4 items", Assert.Throws<ArgumentException>(() => new Bagging([new(First, All)], Blocks.Train, ScoreScales.Range)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bagging([new(First, All)], Train, ScoreScales.Range).Votes(2, 1));
    }
}

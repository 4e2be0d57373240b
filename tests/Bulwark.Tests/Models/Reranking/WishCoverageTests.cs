using Bulwark.Models.Reranking;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Reranking;

/// <summary>Items and wishes along two axes and between them.</summary>
public sealed class WishCoverageTests
{
    private static readonly Tensor Items = Tensor.Of((4, 2), 2, 0, 1, 0, 0, 3, -1, 0).Keep();
    private static readonly float[] Scores = [10, 8, 6, 2];

    /// <summary>Relevance 1, .75, .5, 0. One wish each way.</summary>
    private static Tensor Both(ReadOnlySpan<int> history) => Tensor.Of((2, 2), 1, 0, 0, 1);

    [Fact]
    public void LambdaOneKeepsTheOrder() => Assert.Equal([0, 1, 2, 3], At(1)(Scores, [], 4));

    /// <summary>Item 0 answers the first wish, (1 + 0) / 2; item 1, alike, adds nothing; item 2 answers the second; then scores decide among equals.</summary>
    [Fact]
    public void AnsweredWishesAskForNothing() => Assert.Equal([0, 2, 1, 3], At(0)(Scores, [], 4));

    /// <summary>
    /// λ .5: item 0 by ½ · 1 + ½ · ½; then item 1 by ½ · .75 + 0 = .375 against item 2 by ½ · .5 + ½ · ½ = .5. With λ .8: .6 against .4 + .1 = .5.
    /// </summary>
    [Fact]
    public void BetweenWorkedByHand()
    {
        Assert.Equal([0, 2, 1], At(0.5f)(Scores, [], 3));
        Assert.Equal([0, 1, 2], At(0.8f)(Scores, [], 3));
    }

    /// <summary>Who touched item 2 wishes for the second axis alone: item 2 is the best answer, before the best score.</summary>
    [Fact]
    public void WishesFollowTheHistory()
    {
        var rerank = WishCoverage.At(history => Tensor.Of((1, 2), history.Contains(2) ? [0, 1] : [1, 0]), Items, 0);
        Assert.Equal(0, rerank(Scores, [], 1)[0]);
        Assert.Equal(2, rerank(Scores, [2], 1)[0]);
    }

    /// <summary>
    /// λ .8, k 3: after item 0, item 1 has .6 − ρ/3, item 2 .4 + .1 − 0, and item 3, opposite, 0 + ρ/3. ρ 1.2: item 2, then item 3 by .4 before item 1 by .2.
    /// ρ 2.1: item 3, then item 1, as like item 0 as it is unlike item 3, by .6 before item 2 by .5.
    /// </summary>
    [Fact]
    public void WhatIsAlikeLoses()
    {
        Assert.Equal([0, 2, 3], WishCoverage.At(Both, Items, 0.8f, 1.2f)(Scores, [], 3));
        Assert.Equal([0, 3, 1], WishCoverage.At(Both, Items, 0.8f, 2.1f)(Scores, [], 3));
    }

    [Fact]
    public void OnlyCandidatesEnterAndListsMayBeShort()
    {
        Assert.Equal([0, 1], WishCoverage.At(Both, Items, 0, candidates: 2)(Scores, [], 2));
        Assert.Empty(At(0.5f)([float.NegativeInfinity], [], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => At(1.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => WishCoverage.At(Both, Items, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WishCoverage.At(Both, Items, 1, candidates: 0));
    }

    private static Rerank At(float lambda) => WishCoverage.At(Both, Items, lambda);
}

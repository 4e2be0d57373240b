using Bulwark.Models.Reranking;

namespace Bulwark.Tests.Models.Reranking;

/// <summary>Items on a line: unlike by how far they are apart.</summary>
public sealed class MarginalRelevanceTests
{
    private static readonly double[] Places = [0, 0.1, 0.2, 1, 0.5];
    private static readonly float[] Scores = [10, 8, 6, 2, 4];

    [Fact]
    public void LambdaOneKeepsTheOrder() => Assert.Equal([0, 1, 2, 4, 3], At(1)(Scores, [], 5));

    /// <summary>The best, 0; the farthest from it, 1 (item 3); farthest from both, .5 (item 4); then .2 (item 2).</summary>
    [Fact]
    public void LambdaZeroIsTheGreedyMostDiverseList() => Assert.Equal([0, 3, 4, 2], At(0)(Scores, [], 4));

    /// <summary>
    /// λ .5, relevance 1, .75, .5, 0, .25: after item 0, halves of .75 − .9, .5 − .8, 0 − 0, .25 − .5: item 3. Then .75 − .9, .5 − .8, .25 − .5: item 1.
    /// </summary>
    [Fact]
    public void BetweenWorkedByHand() => Assert.Equal([0, 3, 1], At(0.5f)(Scores, [], 3));

    [Fact]
    public void OnlyCandidatesEnterAndListsMayBeShort()
    {
        Assert.Equal([0, 2], MarginalRelevance.At(Distance, 0, 3)(Scores, [], 2));
        Assert.Equal([0, 1, 2, 4], At(0.5f)([10, 8, 6, float.NegativeInfinity, 4], [], 9).Order());
        Assert.Empty(At(0.5f)([float.NegativeInfinity], [], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => At(1.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginalRelevance.At(Distance, 1, 0));
    }

    private static Rerank At(float lambda) => MarginalRelevance.At(Distance, lambda);

    private static double Distance(int a, int b) => Math.Abs(Places[a] - Places[b]);
}

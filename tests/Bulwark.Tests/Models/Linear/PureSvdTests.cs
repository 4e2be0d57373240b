using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Linear;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Neighbors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Tests.Models.Linear;

public sealed class PureSvdTests
{
    /// <summary>X = (1 1 0; 1 1 0; 0 0 1) has σ = 2 and 1. One factor keeps the first two items, two keep everything.</summary>
    [Fact]
    public void BlocksWorkedByHand()
    {
        var train = Blocks.Of(3, 3, [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)]);
        Assert.Equal([1, 1, 0, 1, 1, 0, 0, 0, 0], Scores(train, 1), Near);
        Assert.Equal([1, 1, 0, 1, 1, 0, 0, 0, 1], Scores(train, 2), Near);
        Assert.Equal([1, 1, 0, 1, 1, 0, 0, 0, 1], Scores(train, 8), Near);                       // more factors than there are directions
    }

    /// <summary>The scores are the best approximation of rank d, UΣVᵀ cut after d.</summary>
    [Theory]
    [InlineData(40, 25, 300, 3)]
    [InlineData(30, 60, 500, 10)]
    public void AgreesWithTheExactDecomposition(int users, int items, int pairs, int factors)
    {
        var train = World.Random(users, items, pairs);
        var svd = Matrix<double>.Build.DenseOfArray(World.Matrix(train)).Svd();
        var cut = svd.U.SubMatrix(0, users, 0, factors) * svd.W.SubMatrix(0, factors, 0, factors) * svd.VT.SubMatrix(0, factors, 0, items);
        var scores = Scores(train, factors, 40);
        for (var u = 0; u < users; u++)
            for (var i = 0; i < items; i++) Assert.Equal(cut[u, i], scores[u * items + i], 2e-3);
    }

    [Fact]
    public void SomeoneWithAKnownHistoryGetsTheSameScores()
    {
        var train = World.Random(60, 40, 400);
        var (recommender, scores) = (Recommender(train, new(6)), new float[40]);
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory(train.ByUser.Items(5), scores));
        Assert.Equal(ItemKnnTests.Scores(recommender, 5), scores, Near);
    }

    [Fact]
    public void EverySettingChangesTheResult()
    {
        var train = World.Random(60, 40, 400);
        Assert.Equal(3, new[] { Scores(train, 4, 2), Scores(train, 5, 2), Scores(train, 4, 3) }.Select(scores => string.Join(' ', scores)).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores(train, 0));
    }

    [Fact]
    public void ThreadsChangeNoBit() => World.WithAnyThreads(() => Scores(World.Random(300, 300, 20_000), 8, 2));

    private static float[] Scores(Interactions train, int factors, int iterations = 6)
    {
        var recommender = Recommender(train, new(factors, iterations));
        return [.. Enumerable.Range(0, train.UserCount).SelectMany(user => ItemKnnTests.Scores(recommender, user))];
    }

    private static PointRecommender Recommender(Interactions train, PureSvdOptions options)
    {
        var model = PureSvd.Model(train.UserCount, train.ItemCount, options);
        return new(model, PureSvd.Fit(model, train, options, new Rng(1)), new Popularity(train.UserCount, train.ItemCounts()));
    }

    private static bool Near(float x, float y) => Math.Abs(x - y) < 1e-4f;
}

using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Linear;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Neighbors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Tests.Models.Linear;

public sealed class EaseTests
{
    /// <summary>
    /// u0 {0, 1}, u1 {0}: XᵀX = (2 1; 1 1), with λ = 1 (3 1; 1 2), P = (2 −1; −1 3) / 5. B_01 = −P_01 / P_11 = ⅓, B_10 = −P_10 / P_00 = ½.
    /// </summary>
    [Fact]
    public void TwoItemsWorkedByHand()
    {
        var model = new Ease(Blocks.Of(2, 2, [(0, 0), (0, 1), (1, 0)]), new(1));
        var weights = model.Fit()[model.Weights].Values.ToArray();
        Assert.Equal([0, 0.5f], [weights[0], weights[2]], Near);
        Assert.Equal([1 / 3f, 0], [weights[1], weights[3]], Near);
    }

    /// <summary>Each column is the ridge regression of an item on all others.</summary>
    [Theory]
    [InlineData(50, 20, 300, 2)]
    [InlineData(300, 150, 4000, 30)]                           // more than one block of the inverse
    public void ColumnsAreRidgeRegressionsOnTheOtherItems(int users, int items, int pairs, float l2)
    {
        var train = World.Random(users, items, pairs);
        var (model, x) = (new Ease(train, new(l2)), Matrix<double>.Build.DenseOfArray(World.Matrix(train)));
        var weights = model.Fit()[model.Weights].Values;
        foreach (var target in new[] { 0, 7, items - 1 })
        {
            var others = x.RemoveColumn(target);
            var gram = others.TransposeThisAndMultiply(others) + Matrix<double>.Build.DenseIdentity(items - 1) * l2;
            var expected = gram.Cholesky().Solve(others.TransposeThisAndMultiply(x.Column(target)));
            for (var j = 0; j < items; j++)
                Assert.Equal(j == target ? 0 : expected[j < target ? j : j - 1], weights[j * items + target], 1e-5);
        }
    }

    [Fact]
    public void SomeoneWithAKnownHistoryGetsTheSameScores()
    {
        var train = World.Random(60, 40, 400);
        var model = new Ease(train, new(5));
        var (recommender, scores) = (new PointRecommender(model, model.Fit(), new Popularity(60, train.ItemCounts())), new float[40]);
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory([.. train.ByUser.Items(5), train.ByUser.Items(5)[0]], scores));
        Assert.Equal(ItemKnnTests.Scores(recommender, 5), scores);
    }

    /// <summary>∂ŷ(u, i)/∂B_ji is 1 for the items j that u touched, and 0 elsewhere.</summary>
    [Fact]
    public void TheGradientOfAScoreIsTheHistory()
    {
        var train = World.Random(6, 5, 14);
        var model = new Ease(train, new(5));
        var (user, item, at) = (3, 2, model.Fit());
        Loss[] scores = [point => model.Score(point, new Ids(user), new Ids(item)).Sum(), point => model.ScoreAll(point, new Ids(user)).Slice(1, item, 1).Sum()];
        foreach (var score in scores)
        {
            var gradient = Grad.Of(score, at).Move[model.Weights].Values;
            for (var j = 0; j < 5; j++)
                for (var i = 0; i < 5; i++) Assert.Equal(i == item && train.ByUser.Contains(user, j) ? 1 : 0, gradient[j * 5 + i]);
        }
    }

    [Fact]
    public void TheRidgeChangesTheResultAndMustBePositive()
    {
        var train = World.Random(60, 40, 400);
        Assert.NotEqual(Weights(1), Weights(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ease(train, new(0)));

        float[] Weights(float l2)
        {
            var model = new Ease(train, new(l2));
            return model.Fit()[model.Weights].Values.ToArray();
        }
    }

    [Fact]
    public void ThreadsChangeNoBit() => World.WithAnyThreads(() =>
    {
        var model = new Ease(World.Random(200, 300, 2000), new(5));
        return model.Fit()[model.Weights].Values.ToArray();
    });

    [Fact]
    public void TooManyItemsAreRefusedBeforeAnythingIsHeld()
    {
        var problem = Assert.Throws<DataException>(() => new Ease(Blocks.Of(1, 50_000, [(0, 0), (0, 1)]), new()));
        Assert.Contains("50,000 × 50,000, 20 GB", problem.Message);
        Assert.Contains("use ItemKNN", problem.Message);
        Assert.Equal(2, ItemKnn.Fit(Blocks.Of(1, 50_000, [(0, 0), (0, 1)]), new()).WeightCount);
    }

    private static bool Near(float x, float y) => Math.Abs(x - y) < 1e-6f;
}

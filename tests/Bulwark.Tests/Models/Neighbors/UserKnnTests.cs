using Bulwark.Models;
using Bulwark.Models.Neighbors;

namespace Bulwark.Tests.Models.Neighbors;

public sealed class UserKnnTests
{
    /// <summary>
    /// u0 touched {0, 1}, u1 {0, 1, 2}, u2 {2, 3}: s(0, 1) = 2 / √6, s(0, 2) = 0, s(1, 2) = 1 / √6. So u0 scores item 2 with 2 / √6, and u1 item 3
    /// with 1 / √6; either has their own items with 1 besides.
    /// </summary>
    [Fact]
    public void CosineWorkedByHand()
    {
        var model = new UserKnn(Blocks.Of(3, 4, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3)]), new());
        var root = MathF.Sqrt(6);
        Close([1 + 2 / root, 1 + 2 / root, 2 / root, 0], ItemKnnTests.Scores(model, 0));
        Close([1 + 2 / root, 1 + 2 / root, 1 + 1 / root, 1 / root], ItemKnnTests.Scores(model, 1));
    }

    /// <summary>With α = 0 a neighbor's length alone counts: u1 is like u0 by 2 / 2 and like u2 by 1 / 2, and like themselves by 3 / 3.</summary>
    [Fact]
    public void AsymmetryWorkedByHand() =>
        Close([2, 2, 1.5f, 0.5f], ItemKnnTests.Scores(
            new UserKnn(Blocks.Of(3, 4, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3)]), new(Asymmetry: 0)), 1));

    /// <summary>Ratings (5, 1, ·), (4, 2, 5), (1, 5, 1): u1 agrees with u0 about items 0 and 1 and brings item 2; u2 is their opposite.</summary>
    [Theory]
    [InlineData(Similarity.Pearson)]
    [InlineData(Similarity.AdjustedCosine)]
    public void RatingsTellFriendsFromOpposites(Similarity similarity)
    {
        float[,] ratings = { { 5, 1, 0 }, { 4, 2, 5 }, { 1, 5, 1 } };
        var train = Blocks.Of(3, 3, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)], (user, item) => ratings[user, item]);
        var friend = ItemKnnTests.Scores(new UserKnn(train, new(Similarity: similarity)), 0)[2];
        Assert.Equal(Expected(similarity == Similarity.Pearson), friend, 1e-5f);

        float Expected(bool byUser)
        {
            // Pearson: u0 (2, −2), u1 (⅓, −5/3, 4/3); adjusted cosine, item means 10/3, 8/3, 3: u0 (5/3, −5/3), u1 (2/3, −2/3, 2).
            double[] u0 = byUser ? [2, -2, 0] : [5 / 3.0, -5 / 3.0, 0], u1 = byUser ? [1 / 3.0, -5 / 3.0, 4 / 3.0] : [2 / 3.0, -2 / 3.0, 2];
            return (float)(u1[2] * u0.Zip(u1, (x, y) => x * y).Sum() / Math.Sqrt(u0.Sum(x => x * x) * u1.Sum(x => x * x)));
        }
    }

    [Fact]
    public void EverySettingChangesTheResult()
    {
        var train = World.Random(60, 40, 400);
        NeighborOptions[] settings =
            [new(5), new(6), new(5, 7), new(5, 7, Weighting: Weighting.TfIdf), new(5, 7, Weighting: Weighting.Bm25), new(5, Asymmetry: 0.3f)];
        Assert.Equal(settings.Length, settings.Select(options => string.Join(' ', ItemKnnTests.Scores(new UserKnn(train, options), 3))).Distinct().Count());
    }

    [Theory]
    [InlineData(Weighting.None)]
    [InlineData(Weighting.TfIdf)]
    [InlineData(Weighting.Bm25)]
    public void SomeoneWithAKnownHistoryGetsTheSameScores(Weighting weighting)
    {
        var train = World.Random(60, 40, 400);
        var (model, scores) = (new UserKnn(train, new(10, 2, Weighting: weighting)), new float[40]);
        Assert.Equal(ScoreSource.FoldIn, model.ScoreHistory(train.ByUser.Items(5), scores));
        Assert.Equal(ItemKnnTests.Scores(model, 5), scores);
    }

    [Fact]
    public void AHistoryWithoutNeighborsGetsWhatIsPopular()
    {
        var scores = new float[3];
        Assert.Equal(ScoreSource.Popularity, new UserKnn(Blocks.Of(2, 3, [(0, 0), (1, 0), (1, 1)]), new()).ScoreHistory([2], scores));
        Assert.Equal([2, 1, 0], scores);
    }

    internal static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }
}

using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Neighbors;

namespace Bulwark.Tests.Models.Neighbors;

/// <summary>
/// Three users, four items; u0 touched {0, 1}, u1 {0, 1, 2}, u2 {2, 3}. Items 0 and 1 have users {0, 1}, item 2 {1, 2}, item 3 {2}.
/// </summary>
public sealed class ItemKnnTests
{
    private static readonly (int, int)[] Pairs = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3)];
    private static readonly Interactions Train = Blocks.Of(3, 4, Pairs);

    /// <summary>cos(0, 1) = 2 / 2 = 1, cos(0, 2) = 1 / 2, cos(2, 3) = 1 / √2; u0 scores item 2 with s(2, 0) + s(2, 1) = 1.</summary>
    [Fact]
    public void CosineWorkedByHand()
    {
        var model = ItemKnn.Fit(Train, new());
        Close([(1, 1), (2, 0.5f)], model.WeightsOf(0));
        Close([(0, 0.5f), (1, 0.5f), (3, MathF.Sqrt(0.5f))], model.WeightsOf(2));
        Assert.Equal([1, 1, 1, 0], Scores(model, 0), (x, y) => Math.Abs(x - y) < 1e-6f);
        Assert.Equal(8, model.WeightCount);
    }

    /// <summary>With shrinkage 2: 2 / (2 + 2) and 1 / (2 + 2).</summary>
    [Fact]
    public void ShrinkageWorkedByHand() => Close([(1, 0.5f), (2, 0.25f)], ItemKnn.Fit(Train, new(Shrinkage: 2)).WeightsOf(0));

    /// <summary>With α = 0 only the neighbor's length counts: s(2, 3) = 1 / 1 and s(3, 2) = 1 / 2, with α = 1 only the item's own.</summary>
    [Theory, InlineData(0), InlineData(1)]
    public void AsymmetryWorkedByHand(float alpha)
    {
        var model = ItemKnn.Fit(Train, new(Asymmetry: alpha));
        Close([(0, 0.5f), (1, 0.5f), (3, alpha == 0 ? 0.5f : 1)], model.WeightsOf(2));
        Close([(2, alpha == 0 ? 1 : 0.5f)], model.WeightsOf(3));
    }

    /// <summary>
    /// idf of users with n of the 4 items: u0 and u2 with 2 ln(1 + 2.5 / 2.5) = ln 2, u1 with 3 ln(1 + 1.5 / 3.5) = ln(10 / 7). So
    /// s(0, 2) = b² / (√(a² + b²) √(b² + a²)) for a = ln 2, b = ln(10 / 7).
    /// </summary>
    [Fact]
    public void TfIdfWorkedByHand()
    {
        var (a, b) = (Math.Log(2), Math.Log(10 / 7.0));
        Close([(1, 1), (2, (float)(b * b / (a * a + b * b)))], ItemKnn.Fit(Train, new(Weighting: Weighting.TfIdf)).WeightsOf(0));
    }

    /// <summary>
    /// BM25 scales a row by its length, which cosine takes out again; shrinkage 1 shows it. The mean length is 7 / 4, so rows of 2 have the factor
    /// f = 2.2 / (1 + 1.2 (.25 + .75 · 8 / 7)), and s(0, 1) = f² (a² + b²) / (f² (a² + b²) + 1).
    /// </summary>
    [Fact]
    public void Bm25WorkedByHand()
    {
        var (a, b, f) = (Math.Log(2), Math.Log(10 / 7.0), 2.2 / (1 + 1.2 * (0.25 + 0.75 * 8 / 7)));
        var dot = f * f * (a * a + b * b);
        Close([(1, (float)(dot / (dot + 1)))], ItemKnn.Fit(Train, new(1, 1, Weighting: Weighting.Bm25)).WeightsOf(0));
    }

    /// <summary>
    /// Ratings u0 (5, 3), u1 (4, 2, 3), u2 (·, ·, 1, 5). User means 4, 3, 3: items 0 (1, 1, ·), 1 (−1, −1, ·), 2 (·, 0, −2), 3 (·, ·, 2): none alike.
    /// Item means 4.5, 2.5, 2, 5: items 0 (.5, −.5, ·), 1 (.5, −.5, ·), 2 (·, 1, −1), 3 zero: s(0, 1) = 1 and s(0, 2) &lt; 0.
    /// </summary>
    [Fact]
    public void CenteredRatingsWorkedByHand()
    {
        float[,] given = { { 5, 3, 0, 0 }, { 4, 2, 3, 0 }, { 0, 0, 1, 5 } };
        var ratings = Blocks.Of(3, 4, Pairs, (user, item) => given[user, item]);
        Assert.Equal(0, ItemKnn.Fit(ratings, new(Similarity: Similarity.AdjustedCosine)).WeightCount);
        var pearson = ItemKnn.Fit(ratings, new(Similarity: Similarity.Pearson));
        Close([(1, 1)], pearson.WeightsOf(0));
        Assert.Empty(pearson.WeightsOf(2));
    }

    /// <summary>Users who agree about items 0 and 1 and differ on 2: (3, 3, 0), (1, 1, 4), centered by user (1, 1, −2), (−1, −1, 2).</summary>
    [Fact]
    public void AdjustedCosineFindsWhatIsLikedTogether()
    {
        float[,] given = { { 3, 3, 0 }, { 1, 1, 4 } };
        var ratings = Blocks.Of(2, 3, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], (user, item) => given[user, item]);
        var model = ItemKnn.Fit(ratings, new(Similarity: Similarity.AdjustedCosine));
        Close([(1, 1)], model.WeightsOf(0));
        Assert.Empty(model.WeightsOf(2));
    }

    [Fact]
    public void SimilaritiesOfRatingsRefuseDataWithoutThem()
    {
        var problem = Assert.Throws<DataException>(() => ItemKnn.Fit(Train, new(Similarity: Similarity.Pearson)));
        Assert.Contains("use Cosine", problem.Message);
    }

    /// <summary>Of the neighbors of item 2 (1/√2 for 3, ½ for 0 and 1) one is left, then two: of equals the first.</summary>
    [Fact]
    public void TheNearestNeighborsAreKept()
    {
        Assert.Equal([2], ItemKnn.Fit(Train, new(1)).WeightsOf(3).Select(weight => weight.Item));
        Assert.Equal(4, ItemKnn.Fit(Train, new(1)).WeightCount);
        var two = ItemKnn.Fit(Train, new(2));
        Assert.Contains(2, two.WeightsOf(0).Select(weight => weight.Item));
        Assert.DoesNotContain(2, two.WeightsOf(1).Select(weight => weight.Item));
    }

    /// <summary>Against all pairs of a larger world; each setting changes the result.</summary>
    [Fact]
    public void AgreesWithBruteForce()
    {
        var train = World.Random(60, 40, 400);
        var by = Enumerable.Range(0, 40).Select(item => Enumerable.Range(0, 60).Where(user => train.ByUser.Contains(user, item)).ToHashSet()).ToArray();
        var model = ItemKnn.Fit(train, new(1000, 3));
        for (var i = 0; i < 40; i++)
            foreach (var (j, weight) in model.WeightsOf(i))
                Assert.Equal(by[i].Intersect(by[j]).Count() / (Math.Sqrt(by[i].Count * (double)by[j].Count) + 3), weight, 1e-6);
        NeighborOptions[] settings =
            [new(5), new(6), new(5, 7), new(5, 7, Weighting: Weighting.TfIdf), new(5, 7, Weighting: Weighting.Bm25), new(5, Asymmetry: 0.3f)];
        Assert.Equal(settings.Length, settings.Select(options => string.Join(' ', Scores(ItemKnn.Fit(train, options), 0))).Distinct().Count());
    }

    [Fact]
    public void ThreadsChangeNoBit() => World.WithAnyThreads(() => Scores(ItemKnn.Fit(World.Random(200, 300, 2000), new(20, 5)), 7));

    [Fact]
    public void SomeoneWithAKnownHistoryGetsTheSameScores()
    {
        var train = World.Random(60, 40, 400);
        var (model, scores) = (ItemKnn.Fit(train, new(10)), new float[40]);
        Assert.Equal(ScoreSource.FoldIn, model.ScoreHistory([.. train.ByUser.Items(5), train.ByUser.Items(5)[0]], scores));
        Assert.Equal(Scores(model, 5), scores);
    }

    /// <summary>Item 4 was never touched: nothing is known of it.</summary>
    [Fact]
    public void AHistoryWithoutNeighborsGetsWhatIsPopular()
    {
        var scores = new float[5];
        Assert.Equal(ScoreSource.Popularity, ItemKnn.Fit(Blocks.Of(3, 5, Pairs), new()).ScoreHistory([4], scores));
        Assert.Equal([2, 2, 2, 1, 0], scores);
    }

    [Fact]
    public void SettingsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemKnn.Fit(Train, new(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemKnn.Fit(Train, new(Shrinkage: -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ItemKnn.Fit(Train, new(Asymmetry: 1.1f)));
        Assert.Throws<ArgumentException>(() => ItemKnn.Fit(Blocks.Of(2, 2, []), new()));
    }

    internal static float[] Scores(IRecommender model, int user)
    {
        var scores = new float[model.ItemCount];
        model.Score([user], scores);
        return scores;
    }

    private static void Close((int Item, float Weight)[] expected, IEnumerable<(int Item, float Weight)> actual)
    {
        Assert.Equal(expected.Select(weight => weight.Item), actual.Select(weight => weight.Item));
        foreach (var (one, other) in expected.Zip(actual)) Assert.Equal(one.Weight, other.Weight, 1e-6f);
    }
}

using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Content;

public sealed class ContentRecommenderTests
{
    private static readonly SparseRows Vectors = new(3, [[(0, 3f), (1, 4f)], [(1, 2f)], [(2, 1f)], []]);

    /// <summary>User 0 liked items 0 and 1, with weights 1 and 2; user 1 nothing. Item 3 says nothing of itself, and nobody touched item 2.</summary>
    private static readonly Bulwark.Data.Interactions Liked = Blocks.Of(2, 4, [(0, 0), (0, 1)], (_, item) => item + 1);

    /// <summary>Profile (.6, .8) + 2 (0, 1) = (.6, 2.8, 0) of length √8.2: cosines (.36 + 2.24) / √8.2, 2.8 / √8.2, 0, 0.</summary>
    [Fact]
    public void CosinesWorkedByHand()
    {
        var length = MathF.Sqrt(8.2f);
        float[] expected = [2.6f / length, 2.8f / length, 0, 0];
        var scores = new float[8];
        ContentRecommender.Cosine(Liked, Vectors).Score([0, 1], scores);
        AssertClose(expected, scores[..4]);
        Assert.Equal([1, 1, 0, 0], scores[4..]);                             // without a history: what is popular
        var model = new ContentModel(Liked, Vectors.ToTensor());
        AssertClose(expected, model.ScoreAll(model.Start(new Rng(1)), new Ids(0)).Values.ToArray());
        Assert.Equal(new float[4], model.ScoreAll(model.Start(new Rng(1)), new Ids(1)).Values.ToArray());
    }

    /// <summary>The query is (3, 4, 0) + 2 (0, 2, 0) = (3, 8, 0).</summary>
    [Fact]
    public void Bm25IsTheQuerysSum()
    {
        var scores = new float[4];
        ContentRecommender.Bm25(Liked, Vectors, Vectors.Map((_, _, value) => value / 2)).Score([0], scores);
        AssertClose([20.5f, 8, 0, 0], scores);
    }

    /// <summary>Other vectors score as the items with the same vectors do.</summary>
    [Fact]
    public void VectorsScoreAsItems()
    {
        var scores = new float[4];
        foreach (var recommender in new[] { ContentRecommender.Cosine(Liked, Vectors), ContentRecommender.Bm25(Liked, Vectors, Vectors) })
        {
            recommender.Score([0], scores);
            Assert.Equal([scores[1], scores[0], 0, 0], recommender.ScoreVectors([0, 1], new(3, [[(1, 2f)], [(0, 3f), (1, 4f)]])));
        }
    }

    [Fact]
    public void AHistoryOfANewItemFindsItsLike()
    {
        var scores = new float[4];
        var recommender = ContentRecommender.Cosine(Liked, Vectors);
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory([2], scores));
        Assert.Equal([0, 0, 1, 0], scores);
        Assert.Equal(ScoreSource.Popularity, recommender.ScoreHistory([], scores));
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory([3], scores));
        Assert.Equal(new float[4], scores);                                  // nothing is known of what they touched
    }

    /// <summary>The page of an item can be edited towards a profile: the features move, nothing else has to.</summary>
    [Fact]
    public void FeaturesHaveGradients()
    {
        var model = new ContentModel(Liked, Vectors.ToTensor());
        var at = model.Start(new Rng(1));
        Assert.Empty(Grad.Of(point => model.Score(point, new Ids(0), new Ids(2)).Sum(), at).Move.Variables.ToArray());
        var gradient = Grad.Of(point => model.Score(point, new Ids(0), new Ids(2)).Sum(), at, model.Features).Move;
        var (before, after) = (model.Score(at, new Ids(0), new Ids(2)).Item(), model.Score(at + gradient, new Ids(0), new Ids(2)).Item());
        Assert.True(after > before, $"{before} to {after}");
    }

    [Fact]
    public void VectorsOfOtherItemsAreRefused()
    {
        Assert.Contains("4 items", Assert.Throws<ArgumentException>(() => ContentRecommender.Cosine(Liked, new SparseRows(1, [[]]))).Message);
        Assert.Contains("4 items", Assert.Throws<ArgumentException>(() => new ContentModel(Liked, Tensor.Zeros((3, 2)))).Message);
        var few = new AttributeSimilarity(new(new(["a"]), [new("kind", ["x"])]), ("kind", 1));
        Assert.Contains("1 items", Assert.Throws<ArgumentException>(() => new AttributeRecommender(Liked, few)).Message);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }
}

using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Content;

public sealed class ItemTowerTests
{
    private static readonly string[] Texts = ["red cup", "blue cup", "a red lamp of glass", "blue lamp", "red plate", "plate"];
    private static readonly BertFolder Folder = ItemFacts.Encoder(Texts);

    /// <summary>ŷ = t (b + p · q) + θ · E g + β · g by hand, for given vectors: t = 2 / (2 + 2) of item 0, and 0 of item 1.</summary>
    [Fact]
    public void TheScoreIsTheFormula()
    {
        var model = new ItemTower(Blocks.Of(2, 2, [(0, 0), (1, 0)]), new GivenItems(Tensor.Of((2, 2), [1, 2, 3, 4])), new(1, 1, Shrink: 2));
        var at = model.Start(new Rng(1));
        at = at.With(model.Users, Tensor.Of((2, 1), [3, 0])).With(model.Items, Tensor.Of((2, 1), [5, 7])).With(model.Tastes, Tensor.Of((2, 1), [2, 0]))
            .With(model.Embedding, Tensor.Of((2, 1), [1, 10])).With(model.FeatureBias, Tensor.Of((2, 1), [0.5f, 0.25f]))
            .With(at.Variables.ToArray().Single(one => one.Name == "item-bias"), Tensor.Of(2, 4, 6));
        Assert.Equal([0.5f * (4 + 15) + 2 * 21 + 1, 2 * 43 + 2.5f], model.ScoreAll(at, new Ids(0)).Values.ToArray());
        Assert.Equal([0.5f * (4 + 15) + 2 * 21 + 1, 2 * 43 + 2.5f], model.Score(at, new Ids(0, 0), new Ids(0, 1)).Values.ToArray());
    }

    /// <summary>The vectors of texts are those of the text encoder, in any company and order.</summary>
    [Fact]
    public void TextsAreEncodedAsTheTextEncoderDoes()
    {
        var (items, expected) = (new TextItems(Folder, Texts), new TextEncoder(Folder).Vectors(Texts));
        var at = items.Start(new Rng(1));
        foreach (int[] some in new int[][] { [0, 1, 2, 3, 4, 5], [2], [5, 2, 0] })
        {
            var rows = items.Encode(at, some);
            for (var b = 0; b < some.Length; b++)
                Assert.Equal(expected.Values.Slice(some[b] * 16, 16).ToArray(), rows.Values.Slice(b * 16, 16).ToArray(), (x, y) => Math.Abs(x - y) < 1e-5f);
        }
    }

    /// <summary>A batch of five places with three distinct items asks the encoder for these three, once; scores and gradients are those of any other way.</summary>
    [Fact]
    public void ABatchEncodesEachOfItsItemsOnceAndTheCatalogIsEncodedOnce()
    {
        var counting = new Counting(new TextItems(Folder, Texts));
        var model = new ItemTower(Blocks.Of(3, 6, [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4)]), counting, new(2, 4, 0.3f));
        var at = model.Start(new Rng(2));
        var batch = new Triples();
        batch.Users.Fill([0, 1, 2]);
        batch.Positives.Fill([4, 0, 4]);
        batch.Negatives.Fill([0, 4, 2]);
        var loss = Objectives.Bpr(model)(batch, new Rng(3));
        var (value, gradient) = Grad.Of(loss, at);
        Assert.Equal([[0, 2, 4]], counting.Asked);

        var other = Grad.Of(point => -(model.Score(model.Prepared(point), batch.Users, batch.Positives)
            - model.Score(point, batch.Users, batch.Negatives)).LogSigmoid().Sum(), at);
        Assert.Equal(value.Item(), other.Value.Item(), 1e-5f);
        foreach (var variable in (Variable[])[model.Tastes, model.Items, counting.Content])
            Assert.Equal(gradient[variable].Values.ToArray(), other.Move[variable].Values.ToArray(), (x, y) => Math.Abs(x - y) < 1e-5f);

        counting.Asked.Clear();
        var recommender = new PointRecommender(model, at, new Popularity(3, [1, 1, 1, 1, 1, 0]));
        for (var again = 0; again < 3; again++) recommender.Score([0, 1, 2], new float[18]);
        recommender.ScoreHistory([1, 2], new float[6]);
        Assert.Equal([[0, 1, 2, 3, 4, 5]], counting.Asked);
    }

    /// <summary>
    /// Users of each half like one word. Fine-tuned, the word decides the place of products that nobody has touched, and an encoder that may not move
    /// stays where it was.
    /// </summary>
    [Fact]
    public void FineTuningMovesTheEncoderAndFreezingDoesNot()
    {
        var (model, train) = Liking(new TextItems(Folder, Texts));
        var tuned = Fit(model, train, Objectives.Bpr(model));
        var words = model.Encoder.Content;
        Assert.NotEqual(Folder.At[words].Values.ToArray(), tuned[words].Values.ToArray());
        var frozen = Fit(model, train, Objectives.Bpr(model).Freezing(Folder.At.Variables.ToArray()));
        foreach (var variable in Folder.At.Variables) Assert.Equal(Folder.At[variable].Values.ToArray(), frozen[variable].Values.ToArray());
    }

    [Fact]
    public void WeightsReadBackGiveTheSameListsAndTrainingAgainTheSameBits()
    {
        var (model, train) = Liking(Pictures());
        var at = Fit(model, train, Objectives.Bpr(model));
        using var folder = new Data.TempFolder();
        var path = Path.Combine(folder.Path, "weights.safetensors");
        Safetensors.Write(path, [.. at.Variables.ToArray().Select(variable => (variable.Name, at[variable]))], new Dictionary<string, string>());
        var values = Safetensors.Read(path).Entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        var (again, _) = Liking(Pictures());
        var read = again.Start(new Rng(77)).Map((variable, _) => values[variable.Name]);
        Assert.Equal(Scores(model, at, train), Scores(again, read, train));
        Assert.Equal(Scores(model, at, train), Scores(again, Fit(again, train, Objectives.Bpr(again)), train));
    }

    /// <summary>An attack on the pictures of the least wanted item, within their box, lifts it for everybody; ε = 0 leaves it where it was.</summary>
    [Fact]
    public void AnAttackMovesPicturesLikeAnyVariable()
    {
        var pictures = Pictures();
        var (model, train) = Liking(pictures);
        var at = Fit(model, train, Objectives.Bpr(model));
        var (users, pushed) = (new Ids(0, 1, 2, 3), new Ids(5, 5, 5, 5));
        float Score(float radius)
        {
            var threat = new Threat(new LinfBall(radius), pictures.Content) { Box = new(Tensor.Scalar(0), Tensor.Scalar(1)) };
            var move = GradientAscent.Bim(5).Find(point => model.Score(point, users, pushed).Sum(), at, threat, new Rng(1));
            return model.Score(at + threat.Project(at, move), users, pushed).Sum().Item();
        }
        Assert.Equal(model.Score(at, users, pushed).Sum().Item(), Score(0), 1e-5f);
        Assert.True(Score(0.2f) > Score(0) + 0.01f, $"{Score(0)} to {Score(0.2f)}");
    }

    /// <summary>Started as a content model, a user's score of an item is the cosine with the sum of what they touched, times the profile's length.</summary>
    [Fact]
    public void AProfileStartsAsAContentModel()
    {
        var train = Blocks.Of(3, 3, [(0, 0), (0, 1), (1, 2)]);
        var model = new ItemTower(train, new GivenItems(Tensor.Of((3, 2), [1, 0, 0, 1, 0.6f, 0.8f])), new(0, 2, Profile: 5));
        var scores = model.ScoreAll(model.Start(new Rng(1)), new Ids(0, 1, 2)).Values.ToArray();
        var half = MathF.Sqrt(0.5f);
        float[] expected = [5 * half, 5 * half, 5 * 1.4f * half, 3, 4, 5, 0, 0, 0];
        Assert.Equal(expected, scores, (x, y) => Math.Abs(x - y) < 1e-5f);
    }

    [Fact]
    public void WhitenedVectorsAreThoseOfTheWhitening()
    {
        var rng = new Rng(4);
        var vectors = Tensor.Gaussian((40, 5), 1, rng);
        var (mean, map) = ItemVectors.WhiteningOf(vectors);
        var encoder = new WhitenedItems(new GivenItems(vectors), mean, map);
        var (found, expected) = (encoder.Encode(encoder.Start(rng), [.. Enumerable.Range(0, 40)]), ItemVectors.Whitened(vectors));
        var unit = expected / expected.NormOfRows().Reshape((40, 1));
        Assert.Equal(unit.Values.ToArray(), found.Values.ToArray(), (x, y) => Math.Abs(x - y) < 1e-4f);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ItemTower(Blocks.Of(1, 3, [(0, 0)]), new GivenItems(Tensor.Zeros((2, 2))), new()));
        Assert.Throws<ArgumentException>(() => new PictureItems(new ImageEncoder((4, 4, 1), ConvolutionalSmall), Tensor.Zeros((2, 4, 5, 1))));
    }

    private static Bulwark.Models.Classifiers.ConvolutionalOptions ConvolutionalSmall => new(8, 0, (4, new(3, 3, 2, 1)));

    /// <summary>Six pictures, the even ones lighter.</summary>
    private static PictureItems Pictures() => new(new ImageEncoder((4, 4, 1), ConvolutionalSmall), Tensor.Of(
        (6, 4, 4, 1), [.. Enumerable.Range(0, 96).Select(p => (p / 16 % 2 == 0 ? 0.8f : 0.1f) + p % 7 * 0.02f)]));

    /// <summary>Users 0 and 1 have touched items 0 and 2, users 2 and 3 items 1 and 3; nobody 4 and 5.</summary>
    private static (ItemTower Model, Interactions Train) Liking(IItemEncoder encoder)
    {
        var train = Blocks.Of(4, 6, [(0, 0), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]);
        return (new(train, encoder, new(0, 4, 0.2f)), train);
    }

    private static Point Fit(ItemTower model, Interactions train, Objective<Triples> objective) =>
        new Trainer<Triples>(new TripleSource(train, 8, new Rng(2)), [new("bpr", 40, objective)], new() { Rule = new Adam(0.02f), Ahead = false })
            .Run(model.Start(new Rng(3)), new Rng(4)).At;

    private static float[] Scores(ItemTower model, Point at, Interactions train)
    {
        var scores = new float[24];
        new PointRecommender(model, at, new Popularity(4, train.ItemCounts())).Score([0, 1, 2, 3], scores);
        return scores;
    }

    private sealed class Counting(IItemEncoder inner) : IItemEncoder
    {
        public Variable Content => inner.Content;

        public List<int[]> Asked { get; } = [];

        public int ItemCount => inner.ItemCount;

        public int Dimension => inner.Dimension;

        public Point Start(Rng rng) => inner.Start(rng);

        public Tensor Encode(Point at, ReadOnlySpan<int> items)
        {
            Asked.Add(items.ToArray());
            return inner.Encode(at, items);
        }
    }
}

using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Fields;

public sealed class TwoTowersTests
{
    /// <summary>No hidden layer: user row 2 · 3 + 1 = 7, item row 5 · (−1) + .5 = −4.5, product −31.5; the cosine of two numbers is the sign of their product.</summary>
    [Fact]
    public void AScoreWorkedByHand()
    {
        var model = new TwoTowers(FieldTable.OfIds("user", 1), FieldTable.OfIds("item", 1), 1, new(1) { Layers = [] });
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "user.embedding.user" => Tensor.Of((2, 1), 0, 2),
            "item.embedding.item" => Tensor.Of((2, 1), 0, 5),
            "user.tower.head.weight" => Tensor.Of((1, 1), 3),
            "user.tower.head.bias" => Tensor.Of(1, 1f),
            "item.tower.head.weight" => Tensor.Of((1, 1), -1),
            "item.tower.head.bias" => Tensor.Of(1, 0.5f),
            _ => throw new InvalidOperationException(variable.Name),
        });
        Assert.Equal(-31.5f, model.Score(at, new Ids(0), new Ids(0)).Item());
        Assert.Equal(-1, new CosineModel(model).Score(at, new Ids(0), new Ids(0)).Item(), 1e-6f);
    }

    /// <summary>
    /// Items 18 and 19 occur nowhere in training, but say of themselves that they are of the second block: its users get them before all of the first block's
    /// items, with either loss. Where they were no negatives either, a history of one of them leads to the second block.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ItemsThatNobodyTouchedAreRankedByTheirFields(bool softmax)
    {
        var train = Blocks.Of(Blocks.Users, Blocks.Items, Enumerable.Range(0, Blocks.Train.Count)
            .Select(row => (Blocks.Train.User[row], Blocks.Train.Item[row])).Where(pair => pair.Item2 < 18));
        var block = new FieldTable(Blocks.Items, [new("block", 3, Enumerable.Range(0, Blocks.Items).Select(item => 1 + item / Blocks.ItemsEach).ToArray())], []);
        var towers = new TwoTowers(FieldTable.OfIds("user", train.UserCount), FieldTable.OfIds("item", train.ItemCounts()).Beside(block), 8, new(8, 0, 0.3f, 16));
        IRowModel model = softmax ? new CosineModel(towers) : towers;
        var options = new TrainingOptions { Rule = new Adam(0.01f), Ahead = false };
        var trainer = softmax
            ? new Trainer<ContrastiveBatch>(new ContrastiveSource(train, 64, 16, new Rng(1)), [new("softmax", 30, Objectives.SampledSoftmax(model, 0.1f))], options)
                .Run(model.Start(new Rng(2)), new Rng(3))
            : new Trainer<Triples>(new TripleSource(train, 64, new Rng(1), NegativeSampling.Popularity), [new("bpr", 30, Objectives.Bpr(model))], options)
                .Run(model.Start(new Rng(2)), new Rng(3));
        var scores = model.ScoreAll(trainer.At, new Ids(29, 0)).Values.ToArray().Chunk(Blocks.Items).ToArray();
        Assert.True(scores[0][18] > scores[0][..10].Max(), string.Join(' ', scores[0]));
        Assert.True(scores[1][18] < scores[1][1..10].Min(), string.Join(' ', scores[1]));
        Assert.Equal(scores[0][18], scores[0][19], 1e-5f);
        var folded = model.ScoreHistory(trainer.At, new Ids(18))!.Values;
        Assert.True(softmax || folded[12] > folded[2]);
    }

    [Fact]
    public void SomeRowsAreThoseOfAll()
    {
        var model = new TwoTowers(FieldTable.OfIds("user", 5), FieldTable.OfIds("item", 6), 3, new(4, 0.5f, 1, 8));
        var at = model.Start(new Rng(1));
        FactorizationModelTests.AssertClose(model.UserRows(at).Rows(new Ids(4, 1)), model.UserRows(at, new Ids(4, 1)));
        FactorizationModelTests.AssertClose(model.ItemRows(at).Rows(new Ids(5, 5)), model.ItemRows(at, new Ids(5, 5)));
        Assert.NotEqual(model.UserRows(at).Values.ToArray(), model.UserRows(at, null, new Rng(2)).Values.ToArray());
        Assert.NotEqual(model.Score(at, new Ids(1), new Ids(2)).Item(), model.Score(at, new Ids(1), new Ids(2), new Rng(2)).Item());
    }
}

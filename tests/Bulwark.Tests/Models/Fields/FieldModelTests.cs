using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tests.Training;

namespace Bulwark.Tests.Models.Fields;

public sealed class FieldModelTests
{
    /// <summary>Users, and items with a price: the first block's items are dear, the second's cheap.</summary>
    private static FieldModel Priced() => new(
        FieldTable.OfIds("user", Blocks.Users),
        FieldTable.OfIds("item", Blocks.Items).Beside(
            new(Blocks.Items, [], [new("price", Enumerable.Range(0, Blocks.Items).Select(item => item < Blocks.ItemsEach ? 1f : -1).ToArray())])),
        shape => new DeepFm(shape, new(4, 0, 0.1f, 8)));

    /// <summary>Prices are given: training leaves them, an attack moves them, and a moved price moves the scores of its item alone.</summary>
    [Fact]
    public void NumbersOfItemsAreGivenAndCanBeAttacked()
    {
        var world = new TrainingWorld(Priced());
        var model = (FieldModel)world.Model;
        var at = world.Run(3, TrainingWorld.Options).At;
        Assert.Equal(world.Start[model.ItemNumbers].Values.ToArray(), at[model.ItemNumbers].Values.ToArray());
        var batch = TrainingWorld.Source.Create();
        TrainingWorld.Source.Fill(batch, 0);
        var loss = world.Bpr(batch, null);
        var move = GradientAscent.Fgsm.Find(loss, at, new Threat(new L2Ball(0.5f), model.ItemNumbers), new Rng(1));
        Assert.True(loss(at + move).Item() > loss(at).Item());
        var dearer = at[model.ItemNumbers].Values.ToArray();
        dearer[7] += 1;
        var before = model.ScoreAll(at, new Ids(4)).Values;
        var after = model.ScoreAll(at.With(model.ItemNumbers, Tensor.Of((Blocks.Items, 1), dearer)), new Ids(4)).Values;
        for (var item = 0; item < Blocks.Items; item++) Assert.Equal(item == 7, before[item] != after[item]);
    }

    [Fact]
    public void ATableOfNoFieldsAndFieldsOfOneNameAreRefused()
    {
        Assert.Contains("at least one field", Assert.Throws<ArgumentException>(() => new FieldShape(new FieldTable(3, [], []))).Message);
        Assert.Contains("'id'", Assert.Throws<ArgumentException>(() => new FieldShape(FieldTable.OfIds("id", 1), FieldTable.OfIds("id", 1))).Message);
    }
}

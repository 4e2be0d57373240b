using Bulwark.Data;
using Bulwark.Models.Fields;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Fields;

public sealed class FactorizationModelTests
{
    private static readonly FieldTable Users = FieldTable.OfIds("user", 3).Beside(new(3, [new("town", 3, new[] { 1, 2, 1 })], [new("age", new[] { 0.5f, -1, 2 })]));
    private static readonly FieldTable Items = FieldTable.OfIds("item", 4).Beside(new(4, [new("brand", 3, new[] { 1, 1, 2, 2 })], [new("price", new[] { 1f, -1, 0, 2 })]));

    /// <summary>
    /// The two sides' machines and the one product give what one machine over all six fields gives with the same numbers: the sum over pairs of fields falls
    /// apart into pairs within a side and pairs across.
    /// </summary>
    [Fact]
    public void ItIsTheMachineOverAllFields()
    {
        var (model, rng) = (new FactorizationModel(Users, Items, 3), new Rng(2));
        var at = model.Start(rng).Map((variable, value) => variable.IsGiven ? value : Tensor.Gaussian(value.Shape, 0.5f, rng.Fork(variable.Name)));
        var joint = new FieldModel(Users, Items, shape => new FactorizationMachine(shape, 3));
        var same = joint.Start(rng).Map((variable, value) => variable.Name switch
        {
            "linear.bias" => Of("user.linear.bias") + Of("item.linear.bias"),
            "linear.numbers" or "embedding.numbers" => Tensor.Concat(0, Of($"user.{variable}"), Of($"item.{variable}")),
            _ => Has($"user.{variable}") ? Of($"user.{variable}") : Has($"item.{variable}") ? Of($"item.{variable}") : value,
        });
        var (users, items) = (new Ids(0, 0, 1, 2, 2), new Ids(0, 3, 1, 2, 0));
        AssertClose(joint.Score(same, users, items), model.Score(at, users, items));
        AssertClose(joint.ScoreAll(same, new Ids(2, 0)), model.ScoreAll(at, new Ids(2, 0)));

        bool Has(string name) => at.Variables.ToArray().Any(variable => variable.Name == name);
        Tensor Of(string name) => at[at.Variables.ToArray().Single(variable => variable.Name == name)];
    }

    [Fact]
    public void OneRowStandsForEachUserAndItem()
    {
        var model = new FactorizationModel(Users, Items, 3, 1);
        var at = model.Start(new Rng(1));
        Assert.Equal((3, 4), (model.UserRows(at).Shape[0], model.ItemRows(at).Shape[0]));
        AssertClose(model.ItemRows(at).Rows(new Ids(2, 2)), model.ItemRows(at, new Ids(2, 2)));
        AssertClose(model.UserRows(at).Rows(new Ids(1)), model.UserRows(at, new Ids(1)));
    }

    internal static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        for (var i = 0; i < expected.Shape.Count; i++) Assert.Equal(expected.Values[i], actual.Values[i], 1e-4f);
    }
}

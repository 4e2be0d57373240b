using Bulwark.Models.Fields;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Fields;

public sealed class FactorizationMachineTests
{
    /// <summary>
    /// w₀ = .5, categories (a 1, b 2) with w .1 and .2, a number x = 3 with w .4: .5 + .1 + .2 + 1.2 = 2. Rows (1, 2), (3, −1) and 3 (1, 0): products
    /// 1·3 − 2·1 = 1, 1·3 = 3, 3·3 = 9. In all 15.
    /// </summary>
    [Fact]
    public void AScoreWorkedByHand()
    {
        var shape = new FieldShape(new Bulwark.Data.FieldTable(1, [new("a", 2, new[] { 1 }), new("b", 3, new[] { 2 })], [new("x", new[] { 3f })]));
        var model = new FactorizationMachine(shape, 2);
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "linear.a" => Tensor.Of((2, 1), 0, 0.1f),
            "linear.b" => Tensor.Of((3, 1), 0, 0, 0.2f),
            "linear.numbers" => Tensor.Of((1, 1), 0.4f),
            "linear.bias" => Tensor.Of(1, 0.5f),
            "embedding.a" => Tensor.Of((2, 2), 0, 0, 1, 2),
            "embedding.b" => Tensor.Of((3, 2), 0, 0, 0, 0, 3, -1),
            "embedding.numbers" => Tensor.Of((1, 2), 1, 0),
            _ => throw new InvalidOperationException(variable.Name),
        });
        var rows = new FieldRows(2);
        rows.Fill(new(1, [new("a", 2, new[] { 1 }), new("b", 3, new[] { 2 })], []), [0]);
        Assert.Equal(15, model.Score(at.With(shape.Numbers, Tensor.Of((1, 1), 3)), rows).Item(), 1e-5f);
    }

    /// <summary>½ (Σ² − Σ²) is the sum over all pairs of fields.</summary>
    [Fact]
    public void TheShortFormIsTheDoubleSum()
    {
        var world = new FieldWorld(1);
        var model = new FactorizationMachine(world.Shape, 3, 1);
        var at = model.Start(new Rng(1));                    // the linear part starts at zero
        var scores = model.Score(world.Here(at), world.Batch.Rows).Values;
        for (var b = 0; b < world.Batch.Count; b++)
        {
            var rows = new List<float[]>();
            for (var f = 0; f < world.Shape.Categories.Count; f++)
                rows.Add(at[model.Tables[f]].Values.Slice(world.Batch.Rows[f].Rows[b] * 3, 3).ToArray());
            var numbers = at.Variables.ToArray().Single(variable => variable.Name == "embedding.numbers");
            for (var k = 0; k < world.Shape.NumberCount; k++)
            {
                var x = world.Batch.Numbers.Values[b * world.Shape.NumberCount + k];
                rows.Add([.. at[numbers].Values.Slice(k * 3, 3).ToArray().Select(v => x * v)]);
            }
            var expected = 0f;
            for (var f = 0; f < rows.Count; f++)
                for (var g = f + 1; g < rows.Count; g++) expected += rows[f].Zip(rows[g], (x, y) => x * y).Sum();
            Assert.Equal(expected, scores[b], 1e-4f * Math.Max(1, Math.Abs(expected)));
        }
    }

    /// <summary>What training never saw adds nothing: an unknown category scores as if its field were not there.</summary>
    [Fact]
    public void TheUnknownStartsAtZero()
    {
        var model = new FactorizationMachine(new FieldWorld(1).Shape, 3, 1);
        var at = model.Start(new Rng(1));
        Assert.All(model.Tables, table => Assert.Equal([0, 0, 0], at[table].Values[..3].ToArray()));
        Assert.All(model.Tables, table => Assert.DoesNotContain(0, at[table].Values[3..].ToArray()));
    }
}

using Bulwark.Data;
using Bulwark.Models.Fields;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Fields;

public sealed class DcnV2Tests
{
    /// <summary>
    /// x₀ = (2, 3) from two categories, W = (1, 0 ; 2, −1), b = (1, 0): x₀ W + b = (2 + 6 + 1, −3), times x₀ plus x₀: (20, −6). The network's one unit is
    /// relu(2 − 3 + 4) = 3, and the head .5 · 20 − 2 · 6 + 2 · 3 + 1 = 5. Without a layer it is .5 · 2 + 2 · 3 + 2 · 3 + 1 = 14.
    /// </summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(0, 14)]
    public void ALayerWorkedByHand(int crosses, float expected)
    {
        var table = new FieldTable(1, [new("a", 2, new[] { 1 }), new("b", 2, new[] { 1 })], []);
        var model = new DcnV2(new(table), crosses, new(1, 0, 1, 1));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "embedding.a" => Tensor.Of((2, 1), 0, 2),
            "embedding.b" => Tensor.Of((2, 1), 0, 3),
            "cross.0.weight" => Tensor.Of((2, 2), 1, 0, 2, -1),
            "cross.0.bias" => Tensor.Of(2, 1, 0),
            "deep.0.weight" => Tensor.Of((2, 1), 1, -1),
            "deep.0.bias" => Tensor.Of(1, 4f),
            "head.weight" => Tensor.Of((3, 1), 0.5f, 2, 2),
            "head.bias" => Tensor.Of(1, 1f),
            _ => throw new InvalidOperationException(variable.Name),
        });
        var rows = new FieldRows(2);
        rows.Fill(table, [0]);
        Assert.Equal(expected, model.Score(at, rows).Item(), 1e-5f);
    }
}

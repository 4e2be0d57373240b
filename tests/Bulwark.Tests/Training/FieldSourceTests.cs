using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class FieldSourceTests
{
    private static readonly FieldTable Examples = new(
        10, [new("a", 11, Enumerable.Range(1, 10).ToArray()), new("b", 2, new int[10])],
        [new("x", Enumerable.Range(0, 10).Select(row => row / 2f).ToArray()), new("y", new float[10])], Enumerable.Range(0, 10).Select(row => row * 2f).ToArray());

    [Fact]
    public void AnEpochHoldsEveryExampleOnceWithItsFieldsAndLabel()
    {
        var (source, batch) = (new FieldSource(Examples, 4, new Rng(1)), new FieldSource(Examples, 4, new Rng(1)).Create());
        Assert.Equal(3, source.StepsPerEpoch);
        var orders = new List<string>();
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var seen = new List<int>();
            for (var step = 0; step < 3; step++)
            {
                source.Fill(batch, 3 * epoch + step);
                Assert.Equal((batch.Count, 2), (batch.Numbers.Shape[0], batch.Numbers.Shape[1]));
                for (var b = 0; b < batch.Count; b++)
                {
                    var row = batch.Rows[0].Rows[b] - 1;
                    Assert.Equal((0, row * 2f), (batch.Rows[1].Rows[b], batch.Labels.Tensor.Values[b]));
                    Assert.Equal([row / 2f, 0], batch.Numbers.Values.Slice(2 * b, 2).ToArray());
                    seen.Add(row);
                }
            }
            Assert.Equal(Enumerable.Range(0, 10), seen.Order());
            orders.Add(string.Join(' ', seen));
        }
        Assert.NotEqual(orders[0], orders[1]);
    }

    [Fact]
    public void AStepIsTheSameWhateverWasFilledBefore()
    {
        var source = new FieldSource(Examples, 4, new Rng(1));
        var (batch, other) = (source.Create(), source.Create());
        source.Fill(batch, 5);
        source.Fill(other, 1);
        source.Fill(other, 5);
        Assert.Equal(batch.Rows[0].Rows.ToArray(), other.Rows[0].Rows.ToArray());
        Assert.Equal(2, other.Count);
    }

    [Fact]
    public void NothingToLearnFromIsRefused() =>
        Assert.Contains("no training", Assert.Throws<ArgumentException>(() => new FieldSource(FieldTable.OfIds("a", 3), 2, new Rng(1))).Message);
}

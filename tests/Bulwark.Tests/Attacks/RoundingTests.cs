using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class RoundingTests
{
    /// <summary>1 + 1.7 → 2; 2 − .4 → 2; 3 − 1.2 → 2; .5 + .3 stays (no whole number on the way); 4 + .99999 is 5; the last may be anything.</summary>
    [Fact]
    public void WholeNumbersTowardTheCleanValue()
    {
        var (value, delta) = (Tensor.Of((1, 6), 1, 2, 3, 0.5f, 4, 1), Tensor.Of((1, 6), 1.7f, -0.4f, -1.2f, 0.3f, 0.99999f, 0.3f));
        var rounded = Rounding.TowardClean(value, delta, Tensor.Of((1, 6), 1, 1, 1, 1, 1, 0)).Values.ToArray();
        Assert.Equal([1, 0, -1, 0, 1, 0.3f], rounded);
    }

    [Fact]
    public void TheLargestChangesOfEachRowAreAfforded()
    {
        var delta = Tensor.Of((2, 3), 1, -3, 2, 5, 5, 0);
        Assert.Equal([0, -3, 2, 5, 5, 0], Rounding.Afford(delta, 2, []).Values.ToArray());
        Assert.Equal([0, -3, 0, 5, 0, 0], Rounding.Afford(delta, 1, []).Values.ToArray());
        Assert.Same(delta, Rounding.Afford(delta, 3, []));
        var sparse = Rounding.Afford(delta.ScatterRows(new Ids(4, 1), (6, 3)), 1, []);
        Assert.True(sparse.IsSparse);
        Assert.Equal([0, -3, 0], sparse.Values[12..15].ToArray());
    }

    /// <summary>The block counts with both its columns, and comes first because its change is the largest; then one more element can be paid for.</summary>
    [Fact]
    public void ABlockIsAffordedAsAWhole()
    {
        var delta = Tensor.Of((1, 5), -1, 0, 1, 0.5f, 0.7f);
        Assert.Equal([-1, 0, 1, 0, 0.7f], Rounding.Afford(delta, 3, [(0, 3)]).Values.ToArray());
        Assert.Equal([0, 0, 0, 0, 0.7f], Rounding.Afford(delta, 1, [(0, 3)]).Values.ToArray());
    }
}

namespace Bulwark.Tensors.Tests.Functions;

public sealed class TransposeTests
{
    [Fact]
    public void EveryPairOfAxesOfEveryRank()
    {
        foreach (var axes in new[] { new[] { 17, 33 }, [3, 17, 18], [2, 3, 4, 5] })
            for (var a = 0; a < axes.Length; a++)
                for (var b = 0; b < axes.Length; b++) AssertTransposed(new Shape(axes), a, b);
    }

    private static void AssertTransposed(Shape shape, int a, int b)
    {
        var x = Tensor.Of(shape, [.. Enumerable.Range(0, shape.Count).Select(i => (float)i)]);
        var y = x.Transpose(a, b);
        Assert.Equal(shape.With(a, shape[b]).With(b, shape[a]), y.Shape);
        var at = new int[shape.Rank];
        for (var i = 0; i < shape.Count; i++)
        {
            var rest = i;
            for (var axis = shape.Rank - 1; axis >= 0; axis--) (at[axis], rest) = (rest % shape[axis], rest / shape[axis]);
            (at[a], at[b]) = (at[b], at[a]);
            var place = 0;
            for (var axis = 0; axis < shape.Rank; axis++) place = place * y.Shape[axis] + at[axis];
            Assert.Equal(i, y.Values[place]);
        }
    }
}

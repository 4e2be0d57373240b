namespace Bulwark.Tensors.Tests;

/// <summary>Comparison of tensors with what a formula says.</summary>
internal static class Close
{
    /// <summary>Equal shapes, and values within a tolerance; infinities and NaN must match.</summary>
    public static void To(Shape shape, IEnumerable<double> expected, Tensor actual, double tolerance)
    {
        Assert.Equal(shape, actual.Shape);
        var values = actual.Values.ToArray();
        var i = 0;
        foreach (var x in expected)
        {
            var y = values[i++];
            if (double.IsFinite(x) ? !(Math.Abs(x - y) <= tolerance) : !x.Equals(y)) Assert.Fail($"Element {i - 1} is {y:g9}, not {x:g9}.");
        }
        Assert.Equal(values.Length, i);
    }

    public static void To(Tensor expected, Tensor actual, double tolerance) =>
        To(expected.Shape, expected.Values.ToArray().Select(x => (double)x), actual, tolerance);
}

namespace Bulwark.Evaluation;

/// <summary>How unlike two items are, for <see cref="ListMetrics.Diversity"/>.</summary>
public static class ItemDistance
{
    /// <summary>1 − cosine of the items' vectors, in [0, 2]; a zero vector is at distance 1 from all.</summary>
    /// <param name="vectors">(items, dimension), row-major.</param>
    /// <param name="dimension">Numbers in a row.</param>
    public static Func<int, int, double> Cosine(ReadOnlyMemory<float> vectors, int dimension) => (a, b) =>
    {
        var x = vectors.Span.Slice(a * dimension, dimension);
        var y = vectors.Span.Slice(b * dimension, dimension);
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < dimension; i++) (xy, xx, yy) = (xy + (double)x[i] * y[i], xx + (double)x[i] * x[i], yy + (double)y[i] * y[i]);
        return xx == 0 || yy == 0 ? 1 : 1 - xy / Math.Sqrt(xx * yy);
    };

    /// <summary>1 − |A ∩ B| / |A ∪ B| of the items' attributes, in [0, 1]; two items without attributes are at distance 0.</summary>
    /// <param name="attributes">One row an item: its attributes.</param>
    public static Func<int, int, double> Jaccard(UserRows attributes) => (a, b) =>
    {
        var x = attributes[a];
        var y = attributes[b];
        var shared = 0;
        foreach (var attribute in x)
            if (y.BinarySearch(attribute) >= 0) shared++;
        var union = x.Length + y.Length - shared;
        return union == 0 ? 0 : 1 - (double)shared / union;
    };

    /// <summary>The same of who touched them: items that the same people touched are alike.</summary>
    /// <param name="touched">What each user touched.</param>
    /// <param name="itemCount">How many items there are.</param>
    public static Func<int, int, double> ByUsers(UserRows touched, int itemCount) => Jaccard(touched.Transposed(itemCount));
}

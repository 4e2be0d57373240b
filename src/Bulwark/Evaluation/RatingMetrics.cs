namespace Bulwark.Evaluation;

/// <summary>Metrics of predicted ratings, in the units of the ratings.</summary>
public static class RatingMetrics
{
    /// <summary>RMSE = √(Σ (p − a)² / n).</summary>
    /// <param name="predicted">(n).</param>
    /// <param name="actual">(n), in the same order.</param>
    public static double Rmse(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        Check(predicted.Length, actual.Length);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++) sum += ((double)predicted[i] - actual[i]) * ((double)predicted[i] - actual[i]);
        return Math.Sqrt(sum / actual.Length);
    }

    /// <summary>MAE = Σ |p − a| / n.</summary>
    /// <param name="predicted">(n).</param>
    /// <param name="actual">(n), in the same order.</param>
    public static double Mae(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        Check(predicted.Length, actual.Length);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++) sum += Math.Abs((double)predicted[i] - actual[i]);
        return sum / actual.Length;
    }

    /// <summary>Ratings read as likes: a rating of at least <paramref name="threshold"/> is one, predicted or actual.</summary>
    /// <param name="predicted">(n).</param>
    /// <param name="actual">(n), in the same order.</param>
    /// <param name="threshold">Usually 4 of 5.</param>
    public static Confusion Likes(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual, float threshold) =>
        Confusion.Of(predicted, threshold, Labels(actual, threshold));

    /// <summary>(n): whether each rating is at least the threshold; the labels of <see cref="ThresholdCurve"/>.</summary>
    public static bool[] Labels(ReadOnlySpan<float> actual, float threshold)
    {
        var labels = new bool[actual.Length];
        for (var i = 0; i < labels.Length; i++) labels[i] = actual[i] >= threshold;
        return labels;
    }

    internal static void Check(int predicted, int actual)
    {
        if (predicted != actual) throw new ArgumentException($"There are {predicted} predictions for {actual} true values: give one for each.");
        if (actual == 0) throw new ArgumentException("There is nothing to measure: give at least one prediction and its true value.");
    }
}

namespace Bulwark.Evaluation;

/// <summary>A point of a curve over thresholds.</summary>
/// <param name="X">False-positive rate (ROC) or recall (precision-recall).</param>
/// <param name="Y">True-positive rate (ROC) or precision (precision-recall).</param>
/// <param name="Threshold">Scores of at least this say yes.</param>
public readonly record struct CurvePoint(double X, double Y, float Threshold);

/// <summary>How a score separates two classes at every threshold. The area is exact, however few points are kept to draw.</summary>
/// <param name="Points">By descending threshold, so X never falls.</param>
/// <param name="Area">Under the whole curve.</param>
public sealed record ThresholdCurve(IReadOnlyList<CurvePoint> Points, double Area)
{
    /// <summary>
    /// Receiver operating characteristic, from (0, 0) to (1, 1). Equal scores are one step, so a tie between the classes counts ½ in the
    /// area (trapezoids), which is the chance that a positive scores above a negative.
    /// </summary>
    /// <param name="scores">(n): higher for more likely positive; NaN is below all.</param>
    /// <param name="labels">(n): whether each is positive; both kinds must occur.</param>
    /// <param name="points">At most so many points are kept; those of the upper hull go last.</param>
    public static ThresholdCurve Roc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, int points = 200)
    {
        var (levels, positives) = Levels(scores, labels);
        long negatives = labels.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException($"{positives} of {labels.Length} labels are positive: an ROC curve needs both kinds.", nameof(labels));
        var curve = new List<CurvePoint> { new(0, 0, float.PositiveInfinity) };
        var (area, tp, fp) = (0.0, 0L, 0L);
        foreach (var level in levels)
        {
            area += (double)(level.FalsePositives - fp) * (level.TruePositives + tp) / 2;
            (tp, fp) = (level.TruePositives, level.FalsePositives);
            curve.Add(new CurvePoint((double)fp / negatives, (double)tp / positives, level.Threshold));
        }
        return new ThresholdCurve(CurveThinning.Thin(curve, points), area / ((double)positives * negatives));
    }

    /// <summary>
    /// Precision against recall, one point for each distinct score. The area is average precision, Σ (Rₙ − Rₙ₋₁)·Pₙ: steps, since a
    /// straight line between two points would promise too much (Davis and Goadrich 2006).
    /// </summary>
    /// <param name="scores">(n): higher for more likely positive; NaN is below all.</param>
    /// <param name="labels">(n): whether each is positive; one must be.</param>
    /// <param name="points">At most so many points are kept; those of the upper hull go last.</param>
    public static ThresholdCurve PrecisionRecall(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, int points = 200)
    {
        var (levels, positives) = Levels(scores, labels);
        if (positives == 0) throw new ArgumentException("No label is positive: a precision-recall curve needs one.", nameof(labels));
        var curve = new List<CurvePoint>(levels.Count);
        var (area, recall) = (0.0, 0.0);
        foreach (var level in levels)
        {
            var next = (double)level.TruePositives / positives;
            var precision = (double)level.TruePositives / (level.TruePositives + level.FalsePositives);
            area += (next - recall) * precision;
            recall = next;
            curve.Add(new CurvePoint(recall, precision, level.Threshold));
        }
        return new ThresholdCurve(CurveThinning.Thin(curve, points), area);
    }

    /// <summary>What each distinct score gives as a threshold, from the highest; and how many labels are positive.</summary>
    private static (List<(float Threshold, int TruePositives, int FalsePositives)> Levels, int Positives) Levels(
        ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        RatingMetrics.Check(scores.Length, labels.Length);
        float[] sorted = [.. scores];
        bool[] truth = [.. labels];
        Array.Sort(sorted, truth);
        var levels = new List<(float, int, int)>();
        int tp = 0, fp = 0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            if (truth[i]) tp++;
            else fp++;
            if (i == 0 || !sorted[i - 1].Equals(sorted[i])) levels.Add((sorted[i], tp, fp));
        }
        return (levels, tp);
    }
}

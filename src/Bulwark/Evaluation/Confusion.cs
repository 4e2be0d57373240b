namespace Bulwark.Evaluation;

/// <summary>Yes-or-no decisions against the truth.</summary>
/// <param name="TruePositives">Yes and true.</param>
/// <param name="FalsePositives">Yes and false.</param>
/// <param name="TrueNegatives">No and false.</param>
/// <param name="FalseNegatives">No and true.</param>
public readonly record struct Confusion(int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives)
{
    /// <summary>All decisions.</summary>
    public int Count => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>(TP + TN) / all.</summary>
    public double Accuracy => Ratio(TruePositives + TrueNegatives, Count);

    /// <summary>TP / (TP + FP); 0 if nothing was said yes to.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>TP / (TP + FN); 0 if nothing is true.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>2TP / (2TP + FP + FN), the harmonic mean of precision and recall; 0 if nothing is true or said yes to.</summary>
    public double F1 => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>FP / (FP + TN): how often the harmless are accused; 0 if all are true.</summary>
    public double FalsePositiveRate => Ratio(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>Counts decisions: yes where the score is at least the threshold.</summary>
    /// <param name="scores">(n); NaN says no.</param>
    /// <param name="threshold">The least score that says yes.</param>
    /// <param name="labels">(n): the truth.</param>
    public static Confusion Of(ReadOnlySpan<float> scores, float threshold, ReadOnlySpan<bool> labels)
    {
        RatingMetrics.Check(scores.Length, labels.Length);
        int tp = 0, fp = 0, tn = 0, fn = 0;
        for (var i = 0; i < labels.Length; i++)
            if (scores[i] >= threshold) { if (labels[i]) tp++; else fp++; }
            else if (labels[i]) fn++;
            else tn++;
        return new Confusion(tp, fp, tn, fn);
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

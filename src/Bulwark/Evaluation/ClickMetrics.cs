using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>Metrics of predicted clicks. Scores are log odds: P = σ(ŷ). How well they rank is the area under <see cref="ThresholdCurve.Roc"/>.</summary>
public static class ClickMetrics
{
    private const int Batch = 1024;

    /// <summary>The score of every example of a table.</summary>
    public static float[] Scores(IFieldScorer scorer, Point at, Data.FieldTable examples)
    {
        var (scores, batch) = (new float[examples.Count], new FieldBatch(scorer.Shape));
        for (var first = 0; first < scores.Length; first += Batch)
        {
            using var scope = Scope.Open();
            batch.Fill(examples, [.. Enumerable.Range(first, Math.Min(Batch, scores.Length - first))]);
            var here = scorer.Shape.NumberCount == 0 ? at : at.With(scorer.Shape.Numbers, batch.Numbers);
            scorer.Score(here, batch.Rows).Values.CopyTo(scores.AsSpan(first));
        }
        return scores;
    }

    /// <summary>The mean of −ln P(label): Σ (ln(1 + e^ŷ) − y ŷ) / n.</summary>
    /// <param name="scores">(n).</param>
    /// <param name="labels">(n): whether each was clicked.</param>
    public static double LogLoss(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        RatingMetrics.Check(scores.Length, labels.Length);
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
            sum += Math.Max(scores[i], 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)scores[i]))) - (labels[i] ? scores[i] : 0);
        return sum / labels.Length;
    }

    /// <summary>
    /// The expected calibration error (Naeini, Cooper and Hauskrecht 2015): Σ_b n_b/n |mean P − share clicked| over bins of equally many examples, by P.
    /// </summary>
    /// <param name="scores">(n).</param>
    /// <param name="labels">(n): whether each was clicked.</param>
    /// <param name="bins">How many; as many as there are examples where those are fewer.</param>
    public static double CalibrationError(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, int bins = 10)
    {
        RatingMetrics.Check(scores.Length, labels.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        float[] sorted = [.. scores];
        bool[] clicked = [.. labels];
        Array.Sort(sorted, clicked);
        var gaps = 0.0;
        for (var bin = 0; bin < bins; bin++)
        {
            var gap = 0.0;
            for (var i = (int)((long)bin * sorted.Length / bins); i < (bin + 1L) * sorted.Length / bins; i++)
                gap += 1 / (1 + Math.Exp(-(double)sorted[i])) - (clicked[i] ? 1 : 0);
            gaps += Math.Abs(gap);
        }
        return gaps / sorted.Length;
    }
}

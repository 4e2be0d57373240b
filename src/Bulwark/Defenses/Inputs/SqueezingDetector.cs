using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Defenses.Inputs;

/// <summary>
/// d(x) = max_s ‖f(x) − f(s(x))‖₁ over squeezers s, f the probabilities of the classes: inputs whose answer hangs on what squeezing removes are suspect (Xu et al.
/// 2018). An attacker who knows it can keep d small: report it against one who does.
/// </summary>
/// <param name="model">f.</param>
/// <param name="at">Its weights.</param>
/// <param name="squeezers">s; at least one.</param>
public sealed class SqueezingDetector(IClassifier model, Point at, params IReadOnlyList<FeatureSqueezing> squeezers)
{
    /// <summary>d of each input, (batch, …) to (batch) numbers between 0 and 2.</summary>
    public float[] Scores(Tensor inputs)
    {
        using var scope = Scope.Open();
        var point = at.With(model.Inputs, inputs);
        var plain = model.Logits(point).Softmax();                                               // (batch, classes)
        var scores = new float[inputs.Shape[0]];
        foreach (var squeezer in squeezers)
        {
            var apart = (squeezer.Logits(point).Softmax() - plain).Abs().Sum(-1).Values;
            for (var b = 0; b < scores.Length; b++) scores[b] = MathF.Max(scores[b], apart[b]);
        }
        return scores;
    }

    /// <summary>The threshold that at most this share of clean scores exceeds, the smallest there is.</summary>
    /// <exception cref="ArgumentException">There are no scores.</exception>
    public static float Threshold(ReadOnlySpan<float> clean, double falsePositives = 0.05)
    {
        if (clean.IsEmpty) throw new ArgumentException("A threshold needs scores of clean inputs.");
        float[] sorted = [.. clean.ToArray().OrderDescending()];
        return sorted[(int)(falsePositives * sorted.Length)];
    }
}

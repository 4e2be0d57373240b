using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// (1 − s) · CE(y) + s/K · Σ_k CE(k): a share s of every label is spread over all K classes, so that no logit gains by growing forever (Szegedy et al.
/// 2016). A regularizer: against attacks it mostly shrinks gradients, and is to be judged by strong ones.
/// </summary>
public static class LabelSmoothing
{
    /// <summary>(n, K) logits and n labels to (n).</summary>
    /// <exception cref="ArgumentOutOfRangeException">s is not in [0, 1].</exception>
    public static Tensor CrossEntropy(this Tensor logits, Ids labels, float smoothing)
    {
        if (!(smoothing is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "A share of the labels lies between 0 and 1.");
        var hard = logits.CrossEntropy(labels);
        return smoothing == 0 ? hard : hard * (1 - smoothing) - logits.LogSoftmax().Mean(-1) * smoothing;
    }
}

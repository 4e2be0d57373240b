using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// Draws of n items without replacement: the n largest of s = ℓ + g, g Gumbel noise, are such a draw by softmax(ℓ) (Yellott 1977; Kool, van Hoof and Welling
/// 2019). Conditions are those of <see cref="ProfileConditions"/>; known items are certain.
/// </summary>
public static class GumbelTopN
{
    private const float Certain = 1e4f;                      // above all scores, yet small enough to leave them their digits

    /// <summary>s, (count, items).</summary>
    /// <param name="scores">ℓ, (count, items).</param>
    /// <param name="given">(count, 1 + items + traits).</param>
    /// <param name="rng">Draws g.</param>
    public static Tensor Perturbed(Tensor scores, Tensor given, Rng rng) =>
        scores + GumbelSoftmax.Noise(scores.Shape, rng) + given.Slice(1, 1, scores.Shape[1]) * Certain;

    /// <summary>1 for the n largest of each row, else 0. The gradient is that of tanh((s − τ) / T), τ between the n-th and the next.</summary>
    /// <param name="perturbed">s, (count, items).</param>
    /// <param name="given">(count, 1 + items + traits): ln n of each row first.</param>
    /// <param name="temperature">T: how far from the threshold a score still has a say.</param>
    public static Tensor Select(Tensor perturbed, Tensor given, float temperature) =>
        ((perturbed - Thresholds(perturbed, given)) * (1 / temperature)).StraightThroughStep();

    /// <summary>τ, a constant: (count, 1).</summary>
    private static Tensor Thresholds(Tensor perturbed, Tensor given)
    {
        var (count, items) = (perturbed.Shape[0], perturbed.Shape[1]);
        var thresholds = new float[count];
        for (var row = 0; row < count; row++)
        {
            var sorted = perturbed.Values.Slice(row * items, items).ToArray();
            Array.Sort(sorted);
            var n = ProfileConditions.Length(given.Values.Slice(row * given.Shape[1], 1));
            thresholds[row] = n < items ? (sorted[items - n] + sorted[items - n - 1]) / 2 : sorted[0] - 1;
        }
        return Tensor.Of((count, 1), thresholds);
    }
}

using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using MathNet.Numerics.Distributions;

namespace Bulwark.Training;

/// <summary>
/// w · L(x̃, y) + (1 − w) · L(x̃, y'), x̃ = w x + (1 − w) x', (x', y') the batch in another order and w ~ Beta(α, α) drawn for the batch (Zhang et al. 2018).
/// Without a source of randomness it is the cross-entropy of the inputs as they are.
/// </summary>
public static class Mixup
{
    /// <summary>The objective, at a point where the inputs stand: a value for each input, (batch).</summary>
    /// <param name="model">The formula.</param>
    /// <param name="alpha">α above 0: small values mix little.</param>
    public static Objective<InputBatch> CrossEntropy(IClassifier model, double alpha = 0.2) => (batch, rng) =>
    {
        if (rng is null) return ClassifierObjectives.CrossEntropy(model)(batch, null);
        var draw = rng.Fork("mixup");
        var w = (float)Beta.InvCDF(alpha, alpha, draw.NextDouble());
        int[] order = [.. Enumerable.Range(0, batch.Count)];
        draw.Shuffle<int>(order);
        var (others, labels) = (new Ids(order), new Ids([.. order.Select(b => batch.Labels.Rows[b])]));
        return at =>
        {
            var x = at[model.Inputs];
            var logits = model.Logits(at.With(model.Inputs, x * w + x.Rows(others) * (1 - w)), rng);
            return logits.CrossEntropy(batch.Labels) * w + logits.CrossEntropy(labels) * (1 - w);
        };
    };
}

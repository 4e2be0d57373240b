using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Losses of single scores against their labels, (batch) and (batch), whatever was scored. Sums over the batch.</summary>
internal static class PointLosses
{
    /// <summary>½ Σ (ŷ − y)².</summary>
    public static Tensor SquaredError(Tensor score, Tensor labels)
    {
        var error = score - labels;
        return (error * error).Sum() * 0.5f;
    }

    /// <summary>Σ ln(1 + e^ŷ) − y ŷ: cross-entropy from logits.</summary>
    public static Tensor LogLoss(Tensor score, Tensor labels) => (score.Softplus() - score * labels).Sum();
}

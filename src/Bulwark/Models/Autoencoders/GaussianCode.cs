using Bulwark.Tensors;

namespace Bulwark.Models.Autoencoders;

/// <summary>The code of a variational autoencoder, z ~ N(μ, σ²) with a prior N(0, 1) (Kingma and Welling 2014).</summary>
public static class GaussianCode
{
    /// <summary>z = μ + σ ε, ε ~ N(0, 1) where there is a source of randomness, else μ: (batch, latent).</summary>
    public static Tensor Draw(Tensor mean, Tensor logVariance, Rng? rng) =>
        rng is null ? mean : mean + (logVariance * 0.5f).Exp() * Tensor.Gaussian(mean.Shape, 1, rng.Fork("code"));

    /// <summary>KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ (μ² + σ² − ln σ² − 1) over the batch.</summary>
    public static Tensor Divergence(Tensor mean, Tensor logVariance) => (mean * mean + logVariance.Exp() - logVariance - 1).Sum() * 0.5f;
}

using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>The loss that an autoencoder of feature vectors is trained with; an input's label is its category. Sums over vectors.</summary>
public static class FeatureObjectives
{
    /// <summary>−ELBO with a weight on its second part: −Σ ln N(x; m(z), s²) + β KL(N(μ, σ²) ‖ N(0, 1)), z drawn from N(μ, σ²); z = μ without chance.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="beta">β at each step: see <see cref="BagObjectives.Annealed"/>.</param>
    public static Objective<InputBatch> Variational(FeatureVae model, Schedule beta) => (batch, rng) => at =>
    {
        var (x, categories) = (batch.Inputs, batch.Labels);
        var (mean, logVariance) = model.Encode(at, x, categories);                               // (batch, latent)
        var decoded = model.Decode(at, GaussianCode.Draw(mean, logVariance, rng), categories);   // (batch, columns)
        return model.Unlikelihood(at, x, decoded) + GaussianCode.Divergence(mean, logVariance) * beta(batch.Step);
    };
}

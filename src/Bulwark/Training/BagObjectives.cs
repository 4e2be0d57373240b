using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>The losses that models of bags are trained with (Liang et al. 2018). Sums over users.</summary>
public static class BagObjectives
{
    /// <summary>L = −Σ_u Σ_{i touched by u} ln softmax_i ŷ(u, ·).</summary>
    public static Objective<BagBatch> Multinomial(IAutoencoder model) => (batch, rng) => at => Unlikelihood(model.Reconstruct(at, batch.Bags, rng), batch);

    /// <summary>The same at a code drawn for each user, and β KL(N(μ, σ²) ‖ N(0, 1)).</summary>
    /// <param name="model">The formula.</param>
    /// <param name="beta">β at each step.</param>
    public static Objective<BagBatch> Variational(MultVae model, Schedule beta) => (batch, rng) => at =>
    {
        var (mean, logVariance) = model.Encode(at, batch.Bags, rng);                             // (users, latent)
        var scores = model.Decode(at, GaussianCode.Draw(mean, logVariance, rng));
        return Unlikelihood(scores, batch) + GaussianCode.Divergence(mean, logVariance) * beta(batch.Step);
    };

    /// <summary>β from 0 up by 1 / steps a step, as far as the cap.</summary>
    public static Schedule Annealed(float cap, long steps) => step => Math.Min(cap, (float)step / Math.Max(steps, 1));

    private static Tensor Unlikelihood(Tensor scores, BagBatch batch) => -scores.LogSoftmax().Dot(batch.Wanted.Tensor.Reshape(scores.Shape)).Sum();
}

using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Autoencoders;

/// <summary>
/// Mult-VAE (Liang et al. 2018): z ~ N(μ, σ²), μ and ln σ² linear in tanh(W x̃ + b), x̃ the touched items at unit norm, some of them hidden in
/// training; scores are logits of a multinomial, V tanh(Y z + e) + d. Outside training z = μ.
/// </summary>
public sealed class MultVae(int items, AutoencoderOptions options) : IAutoencoder
{
    private readonly BagLayers _layers = new(items, options);
    private readonly Dense _mean = new("mean"), _logVariance = new("log-variance");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _layers.Tables;

    /// <inheritdoc/>
    public Variable Inputs => _layers.Inputs;

    /// <inheritdoc/>
    public int ItemCount => items;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = _mean.Start(_layers.Start(rng), options.Hidden, options.Latent, rng);
        return _logVariance.Start(at, options.Hidden, options.Latent, rng);
    }

    /// <summary>μ and ln σ² of each bag's code, (bags, latent) each. With a source of randomness, dropout is on.</summary>
    public (Tensor Mean, Tensor LogVariance) Encode(Point at, Bags bags, Rng? rng = null)
    {
        var hidden = _layers.Encode(at, bags, rng);                                               // (bags, hidden)
        return (_mean.Of(at, hidden), _logVariance.Of(at, hidden));
    }

    /// <summary>The scores of every item for codes: (bags, latent) to (bags, items).</summary>
    public Tensor Decode(Point at, Tensor code) => _layers.Decode(at, code);

    /// <inheritdoc/>
    public Tensor Reconstruct(Point at, Bags bags, Rng? rng = null)
    {
        var (mean, logVariance) = Encode(at, bags, rng);
        return Decode(at, GaussianCode.Draw(mean, logVariance, rng));
    }
}

using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Autoencoders;

/// <summary>
/// Mult-DAE (Liang et al. 2018): z = tanh(U tanh(W x̃ + b) + c), x̃ the touched items at unit norm, some of them hidden in training; scores are
/// logits of a multinomial, V tanh(Y z + e) + d.
/// </summary>
public sealed class MultDae(int items, AutoencoderOptions options) : IAutoencoder
{
    private readonly BagLayers _layers = new(items, options);
    private readonly Dense _code = new("code");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _layers.Tables;

    /// <inheritdoc/>
    public Variable Inputs => _layers.Inputs;

    /// <inheritdoc/>
    public int ItemCount => items;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _code.Start(_layers.Start(rng), options.Hidden, options.Latent, rng);

    /// <inheritdoc/>
    public Tensor Reconstruct(Point at, Bags bags, Rng? rng = null) => _layers.Decode(at, _code.Of(at, _layers.Encode(at, bags, rng)).Tanh());
}

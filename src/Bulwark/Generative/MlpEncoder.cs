using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>Codes of vectors: μ and ln σ² linear in relu(… relu(x W₀ + b₀) …).</summary>
/// <param name="input">The shape of an example.</param>
/// <param name="hidden">Widths of the hidden layers, at least one.</param>
/// <param name="latent">Width of a code.</param>
public sealed class MlpEncoder(Shape input, IReadOnlyList<int> hidden, int latent) : IEncoder
{
    private readonly Mlp _hidden = new("encoder", [input.Count, .. hidden]);
    private readonly Dense _mean = new("encoder.mean"), _logVariance = new("encoder.log-variance");

    /// <inheritdoc/>
    public Point Start(Rng rng) => _logVariance.Start(_mean.Start(_hidden.Start(new Point(), rng), hidden[^1], latent, rng), hidden[^1], latent, rng);

    /// <inheritdoc/>
    public (Tensor Mean, Tensor LogVariance) Encode(Point at, Tensor x)
    {
        var h = _hidden.Of(at, x.Reshape((x.Shape[0], input.Count)));
        return (_mean.Of(at, h), _logVariance.Of(at, h));
    }
}

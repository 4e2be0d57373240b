using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>Codes of images: convolutions that halve the image, and μ and ln σ² linear in a hidden layer over them.</summary>
/// <param name="image">(height, width, channels).</param>
/// <param name="channels">Channels of each convolution; each halves the image.</param>
/// <param name="hidden">Width of the hidden layer.</param>
/// <param name="latent">Width of a code.</param>
public sealed class ConvolutionalEncoder(Shape image, IReadOnlyList<int> channels, int hidden, int latent) : IEncoder
{
    private readonly ImageLayers _layers = new("encoder", image, channels);
    private readonly Dense _hidden = new("encoder.hidden"), _mean = new("encoder.mean"), _logVariance = new("encoder.log-variance");

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = _hidden.Start(_layers.Start(new Point(), rng), _layers.Outputs, hidden, rng);
        return _logVariance.Start(_mean.Start(at, hidden, latent, rng), hidden, latent, rng);
    }

    /// <inheritdoc/>
    public (Tensor Mean, Tensor LogVariance) Encode(Point at, Tensor x)
    {
        var h = _hidden.Of(at, _layers.Of(at, x)).Relu();
        return (_mean.Of(at, h), _logVariance.Of(at, h));
    }
}

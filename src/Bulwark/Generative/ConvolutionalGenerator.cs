using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>G(z | c) of images in [0, 1]: a linear layer makes a small image, transposed convolutions of 4 × 4 double it (Radford, Metz and Chintala 2016).</summary>
/// <param name="latent">Width of z.</param>
/// <param name="image">(height, width, channels).</param>
/// <param name="channels">Channels of the small image, and before each later doubling; there are as many doublings.</param>
/// <param name="given">Width of c; 0 for none.</param>
public sealed class ConvolutionalGenerator(int latent, Shape image, IReadOnlyList<int> channels, int given = 0) : ILatentGenerator
{
    private readonly Dense _small = new("generator.small");
    private readonly TransposedConvolution[] _doublings = [.. channels.Select((_, i) => new TransposedConvolution($"generator.{i}", ImageLayers.Halving))];

    /// <inheritdoc/>
    public int Latent => latent;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = _small.Start(new Point(), latent + given, Side(0, 0) * Side(1, 0) * channels[0], rng);
        for (var i = 0; i < channels.Count; i++) at = _doublings[i].Start(at, channels[i], i + 1 < channels.Count ? channels[i + 1] : image[2], rng);
        return at;
    }

    /// <inheritdoc/>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng) => Decode(at, Tensor.Gaussian((count, latent), 1, rng), given);

    /// <inheritdoc/>
    public Tensor Decode(Point at, Tensor code, Tensor? given)
    {
        var x = _small.Of(at, code.Beside(given)).Reshape((code.Shape[0], Side(0, 0), Side(1, 0), channels[0]));
        for (var i = 0; i < channels.Count; i++) x = _doublings[i].Of(at, x.Relu(), Side(0, i + 1), Side(1, i + 1));
        return x.Sigmoid();                                                                      // (count, h, w, c)
    }

    /// <summary>A side of the image after so many doublings.</summary>
    private int Side(int axis, int doublings) => ImageLayers.Side(image, axis, channels.Count - doublings);
}

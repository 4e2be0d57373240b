using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>G(z | h(c)): a generator that is given an image through convolutions that halve it.</summary>
/// <param name="image">(height, width, channels) of c, which comes as (batch, values).</param>
/// <param name="channels">Channels of each convolution.</param>
/// <param name="inner">G of h: the width that it is given is <see cref="Width"/>.</param>
public sealed class PictureGiven(Shape image, IReadOnlyList<int> channels, IGenerator inner) : IGenerator
{
    private readonly ImageLayers _layers = new("given", image, channels);

    /// <summary>The width of h.</summary>
    public static int Width(Shape image, IReadOnlyList<int> channels) => new ImageLayers("given", image, channels).Outputs;

    /// <inheritdoc/>
    public Point Start(Rng rng) => inner.Start(rng).With(_layers.Start(new Point(), rng));

    /// <inheritdoc/>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng) =>
        inner.Generate(at, count, _layers.Of(at, given!.Reshape((count, image[0], image[1], image[2]))), rng);
}

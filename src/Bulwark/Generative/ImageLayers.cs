using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>Convolutions of 4 × 4 that halve an image, each with relu: (batch, h, w, c) to (batch, values).</summary>
/// <param name="name">What the variables' names begin with.</param>
/// <param name="image">(height, width, channels); each convolution halves height and width.</param>
/// <param name="channels">Channels of each convolution.</param>
internal sealed class ImageLayers(string name, Shape image, IReadOnlyList<int> channels)
{
    /// <summary>Halves an image of even sides; the other way round it doubles one.</summary>
    public static Window Halving { get; } = new(4, 4, 2, 1);

    private readonly Convolution[] _convolutions = [.. channels.Select((_, i) => new Convolution($"{name}.{i}", Halving))];

    /// <summary>Values of an image behind them.</summary>
    public int Outputs => Side(image, 0, channels.Count) * Side(image, 1, channels.Count) * channels[^1];

    public Point Start(Point at, Rng rng)
    {
        for (var i = 0; i < channels.Count; i++) at = _convolutions[i].Start(at, i == 0 ? image[2] : channels[i - 1], channels[i], rng);
        return at;
    }

    public Tensor Of(Point at, Tensor x)
    {
        foreach (var convolution in _convolutions) x = convolution.Of(at, x).Relu();
        return x.Reshape((x.Shape[0], x.Shape.RowLength));
    }

    /// <summary>A side of an image halved so many times.</summary>
    /// <exception cref="ArgumentException">It cannot be halved so often.</exception>
    public static int Side(Shape image, int axis, int halvings) => image.Rank == 3 && image[axis] % (1 << halvings) == 0
        ? image[axis] >> halvings
        : throw new ArgumentException($"An image of {image} cannot be halved {halvings} times: give (height, width, channels) and fewer layers.");
}

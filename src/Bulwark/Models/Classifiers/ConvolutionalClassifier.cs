using Bulwark.Models.Convolutional;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>Settings of <see cref="ConvolutionalClassifier"/>.</summary>
/// <param name="Hidden">Width of the layer behind the convolutions.</param>
/// <param name="Dropout">Share of that layer's input and output that is dropped in training.</param>
/// <param name="Convolutions">Channels and window of each convolution; by default 32, 64 and 64 through 3 × 3, the second and third halving the image.</param>
public sealed record ConvolutionalOptions(int Hidden = 128, float Dropout = 0, params IReadOnlyList<(int Channels, Window Window)> Convolutions)
{
    /// <summary>Channels and window of each convolution.</summary>
    public IReadOnlyList<(int Channels, Window Window)> Convolutions { get; init; } =
        Convolutions.Count > 0 ? Convolutions : [(32, new(3, 3, 1, 1)), (64, new(3, 3, 2, 1)), (64, new(3, 3, 2, 1))];

    /// <summary>The net of the published fast training on digits (Wong et al. 2020): two convolutions that halve the image, and 100 hidden values.</summary>
    public static ConvolutionalOptions Small { get; } = new(100, 0, (16, new(4, 4, 2, 1)), (32, new(4, 4, 2, 1)));
}

/// <summary>A linear layer on what an <see cref="ImageEncoder"/> makes of an image.</summary>
/// <param name="image">(height, width, channels).</param>
/// <param name="classes">How many there are.</param>
/// <param name="options">Settings.</param>
/// <exception cref="ArgumentException">The shape is not one of an image.</exception>
public sealed class ConvolutionalClassifier(Shape image, int classes, ConvolutionalOptions options) : IClassifier
{
    private readonly Dense _head = new("head");

    /// <inheritdoc/>
    public Variable Inputs { get; } = new("inputs");

    /// <summary>What is in front of the linear layer.</summary>
    public ImageEncoder Encoder { get; } = new(image, options);

    /// <inheritdoc/>
    public Point Start(Rng rng) => _head.Start(Encoder.Start(new Point(), rng), options.Hidden, classes, rng);

    /// <inheritdoc/>
    public Tensor Logits(Point at, Rng? rng = null) =>
        _head.Of(at, Features(at, rng).Dropout(options.Dropout, rng?.Fork("hidden")));           // (batch, classes)

    /// <summary>The hidden layer, where images of one class lie together: (batch, hidden).</summary>
    public Tensor Features(Point at, Rng? rng = null) => Encoder.Of(at, at[Inputs], rng);
}

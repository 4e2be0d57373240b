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

/// <summary>Convolutions, each with relu and with strides in place of pooling (Springenberg et al. 2015), then a hidden layer and a linear one.</summary>
public sealed class ConvolutionalClassifier : IClassifier
{
    private readonly Shape _image;
    private readonly int _classes;
    private readonly ConvolutionalOptions _options;
    private readonly Convolution[] _convolutions;
    private readonly Dense _hidden = new("hidden"), _head = new("head");

    /// <summary>The formula for images of one size.</summary>
    /// <param name="image">(height, width, channels).</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The shape is not one of an image.</exception>
    public ConvolutionalClassifier(Shape image, int classes, ConvolutionalOptions options)
    {
        if (image.Rank != 3) throw new ArgumentException($"An image has the shape (height, width, channels), not {image}.");
        (_image, _classes, _options) = (image, classes, options);
        _convolutions = [.. options.Convolutions.Select((layer, i) => new Convolution($"convolution.{i}", layer.Window))];
    }

    /// <inheritdoc/>
    public Variable Inputs { get; } = new("inputs");

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var (at, height, width, channels) = (new Point(), _image[0], _image[1], _image[2]);
        for (var i = 0; i < _convolutions.Length; i++)
        {
            var (outputs, window) = _options.Convolutions[i];
            at = _convolutions[i].Start(at, channels, outputs, rng);
            ((height, width), channels) = (window.Places((1, height, width, channels)), outputs);
        }
        return _head.Start(_hidden.Start(at, height * width * channels, _options.Hidden, rng), _options.Hidden, _classes, rng);
    }

    /// <inheritdoc/>
    public Tensor Logits(Point at, Rng? rng = null) =>
        _head.Of(at, Features(at, rng).Dropout(_options.Dropout, rng?.Fork("hidden")));          // (batch, classes)

    /// <summary>The hidden layer, where images of one class lie together: (batch, hidden).</summary>
    public Tensor Features(Point at, Rng? rng = null)
    {
        var x = at[Inputs];                                                                      // (batch, h, w, c)
        foreach (var convolution in _convolutions) x = convolution.Of(at, x).Relu();
        x = x.Reshape((x.Shape[0], x.Shape.RowLength)).Dropout(_options.Dropout, rng?.Fork("convolved"));
        return _hidden.Of(at, x).Relu();
    }
}

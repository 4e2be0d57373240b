using Bulwark.Models.Classifiers;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Convolutional;

/// <summary>Convolutions, each with relu and with strides in place of pooling (Springenberg et al. 2015), then a hidden layer: a vector of an image.</summary>
public sealed class ImageEncoder
{
    private readonly ConvolutionalOptions _options;
    private readonly Convolution[] _convolutions;
    private readonly Dense _hidden = new("hidden");

    /// <summary>The formula for images of one size.</summary>
    /// <param name="image">(height, width, channels).</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The shape is not one of an image.</exception>
    public ImageEncoder(Shape image, ConvolutionalOptions options)
    {
        if (image.Rank != 3) throw new ArgumentException($"An image has the shape (height, width, channels), not {image}.");
        (Image, _options) = (image, options);
        _convolutions = [.. options.Convolutions.Select((layer, i) => new Convolution($"convolution.{i}", layer.Window))];
    }

    /// <summary>(height, width, channels).</summary>
    public Shape Image { get; }

    /// <summary>The length of a vector.</summary>
    public int Dimension => _options.Hidden;

    /// <summary>A point with starting values of the weights.</summary>
    public Point Start(Point at, Rng rng)
    {
        var (height, width, channels) = (Image[0], Image[1], Image[2]);
        for (var i = 0; i < _convolutions.Length; i++)
        {
            var (outputs, window) = _options.Convolutions[i];
            at = _convolutions[i].Start(at, channels, outputs, rng);
            ((height, width), channels) = (window.Places((1, height, width, channels)), outputs);
        }
        return _hidden.Start(at, height * width * channels, Dimension, rng);
    }

    /// <summary>The hidden layer: (batch, height, width, channels) to (batch, hidden). With a source of randomness, dropout is on.</summary>
    public Tensor Of(Point at, Tensor images, Rng? rng = null)
    {
        var x = images;
        foreach (var convolution in _convolutions) x = convolution.Of(at, x).Relu();
        x = x.Reshape((x.Shape[0], x.Shape.RowLength)).Dropout(_options.Dropout, rng?.Fork("convolved"));
        return _hidden.Of(at, x).Relu();
    }
}

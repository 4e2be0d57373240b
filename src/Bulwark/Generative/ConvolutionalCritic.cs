using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// D(x | c) = f(x) · (w + V c) + b of images: f is convolutions that halve the image and a hidden layer over them, relu between. Were c put in beside the
/// convolved image, its few values would be lost among thousands (the projection critic: Miyato and Koyama 2018).
/// </summary>
/// <param name="image">(height, width, channels).</param>
/// <param name="channels">Channels of each convolution; each halves the image.</param>
/// <param name="hidden">Width of the hidden layer: of the features.</param>
/// <param name="given">Width of c; 0 for none.</param>
public sealed class ConvolutionalCritic(Shape image, IReadOnlyList<int> channels, int hidden, int given = 0) : IFeatureCritic
{
    private readonly ImageLayers _layers = new("critic", image, channels);
    private readonly Dense _hidden = new("critic.hidden"), _head = new("critic.head"), _given = new("critic.given");

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = _head.Start(_hidden.Start(_layers.Start(new Point(), rng), _layers.Outputs, hidden, rng), hidden, 1, rng);
        return given == 0 ? at : _given.Start(at, given, hidden, rng);
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, Tensor x, Tensor? given)
    {
        var features = Features(at, x, given);
        var score = _head.Of(at, features).Reshape(features.Shape[0]);
        return given is null ? score : score + (features * _given.Of(at, given)).Sum(1);
    }

    /// <inheritdoc/>
    public Tensor Features(Point at, Tensor x, Tensor? given) => _hidden.Of(at, _layers.Of(at, x)).Relu();
}

using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>D(x | c) of images: convolutions that halve the image, then a hidden layer over them and c, then a linear one; relu between.</summary>
/// <param name="image">(height, width, channels).</param>
/// <param name="channels">Channels of each convolution; each halves the image.</param>
/// <param name="hidden">Width of the hidden layer: of the features.</param>
/// <param name="given">Width of c; 0 for none.</param>
public sealed class ConvolutionalCritic(Shape image, IReadOnlyList<int> channels, int hidden, int given = 0) : IFeatureCritic
{
    private readonly ImageLayers _layers = new("critic", image, channels);
    private readonly Dense _hidden = new("critic.hidden"), _head = new("critic.head");

    /// <inheritdoc/>
    public Point Start(Rng rng) => _head.Start(_hidden.Start(_layers.Start(new Point(), rng), _layers.Outputs + given, hidden, rng), hidden, 1, rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, Tensor x, Tensor? given) => ScoreFeatures(at, Features(at, x, given));

    /// <inheritdoc/>
    public Tensor Features(Point at, Tensor x, Tensor? given) => _hidden.Of(at, _layers.Of(at, x).Beside(given)).Relu();

    /// <inheritdoc/>
    public Tensor ScoreFeatures(Point at, Tensor features) => _head.Of(at, features).Reshape(features.Shape[0]);
}

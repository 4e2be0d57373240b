using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>D(x | c) = w · relu(… relu([x ; c] W₀ + b₀) …) + b.</summary>
/// <param name="input">The shape of an example.</param>
/// <param name="hidden">Widths of the hidden layers, at least one.</param>
/// <param name="given">Width of c; 0 for none.</param>
public sealed class MlpCritic(Shape input, IReadOnlyList<int> hidden, int given = 0) : IFeatureCritic
{
    private readonly Mlp _hidden = new("critic", [input.Count + given, .. hidden]);
    private readonly Dense _head = new("critic.head");

    /// <inheritdoc/>
    public Point Start(Rng rng) => _head.Start(_hidden.Start(new Point(), rng), hidden[^1], 1, rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, Tensor x, Tensor? given) => _head.Of(at, Features(at, x, given)).Reshape(x.Shape[0]);

    /// <inheritdoc/>
    public Tensor Features(Point at, Tensor x, Tensor? given) => _hidden.Of(at, x.Reshape((x.Shape[0], input.Count)).Beside(given));
}

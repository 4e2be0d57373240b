using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>D(x | c) = w · relu(… relu([x ; c] W₀ + b₀) …) + b.</summary>
/// <param name="input">The shape of an example.</param>
/// <param name="hidden">Widths of the hidden layers.</param>
/// <param name="given">Width of c; 0 for none.</param>
public sealed class MlpCritic(Shape input, IReadOnlyList<int> hidden, int given = 0) : ICritic
{
    private readonly Tower _layers = new("critic", input.Count + given, hidden, 1);

    /// <inheritdoc/>
    public Point Start(Rng rng) => _layers.Start(new Point(), rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, Tensor x, Tensor? given)
    {
        var flat = x.Reshape((x.Shape[0], input.Count));
        return _layers.Of(at, given is null ? flat : Tensor.Concat(-1, flat, given), null).Reshape(x.Shape[0]);        // (batch)
    }
}

using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>G(z | c) = f(W relu(… relu([z ; c] W₀ + b₀) …) + b), z ~ N(0, 1).</summary>
/// <param name="latent">Width of z.</param>
/// <param name="hidden">Widths of the hidden layers.</param>
/// <param name="output">The shape of an example.</param>
/// <param name="given">Width of c; 0 for none.</param>
public sealed class MlpGenerator(int latent, IReadOnlyList<int> hidden, Shape output, int given = 0) : ILatentGenerator
{
    private readonly Tower _layers = new("generator", latent + given, hidden, output.Count);

    /// <summary>f, by which outputs come into the examples' range: <c>Functions.Sigmoid</c> for [0, 1]. The identity where nothing is said.</summary>
    public Func<Tensor, Tensor> Range { get; init; } = static x => x;

    /// <inheritdoc/>
    public int Latent => latent;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _layers.Start(new Point(), rng);

    /// <inheritdoc/>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng) => Decode(at, Tensor.Gaussian((count, latent), 1, rng), given);

    /// <inheritdoc/>
    public Tensor Decode(Point at, Tensor code, Tensor? given)
    {
        var x = Range(_layers.Of(at, code.Beside(given), null));                                 // (count, output's values)
        Span<int> axes = stackalloc int[1 + output.Rank];
        axes[0] = code.Shape[0];
        output.CopyTo(axes[1..]);
        return x.Reshape(new Shape(axes));
    }
}

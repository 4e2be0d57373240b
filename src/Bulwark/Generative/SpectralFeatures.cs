using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary><see cref="SpectralNormalization"/> of a critic whose features are read.</summary>
/// <param name="critic">The critic, read at the point so changed.</param>
public sealed class SpectralFeatures(IFeatureCritic critic) : IFeatureCritic
{
    private readonly Variable[] _variables = critic.Start(new Rng(0)).Variables.ToArray();

    /// <inheritdoc/>
    public Point Start(Rng rng) => critic.Start(rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, Tensor x, Tensor? given) => critic.Score(SpectralNormalization.Normalized(at, _variables), x, given);

    /// <inheritdoc/>
    public Tensor Features(Point at, Tensor x, Tensor? given) => critic.Features(SpectralNormalization.Normalized(at, _variables), x, given);
}

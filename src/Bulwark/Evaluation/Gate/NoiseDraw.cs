using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Evaluation.Gate;

/// <summary>One draw of noise among several.</summary>
/// <param name="Number">Which; the first is plain <see cref="Noise"/>'s.</param>
internal sealed record NoiseDraw(int Number) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng) => new Noise().Find(loss, at, threat, Number == 0 ? rng : rng.Fork(Number));
}

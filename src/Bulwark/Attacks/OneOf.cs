using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>One of several attacks, drawn anew for each search: training on a mix costs as much as training on their mean.</summary>
/// <param name="Attacks">At least one.</param>
public sealed record OneOf(params IReadOnlyList<IAttack> Attacks) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng) => Attacks[rng.Fork("which").Next(Attacks.Count)].Find(loss, at, threat, rng);
}

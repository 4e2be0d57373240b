using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// A trained generator of moves as an attack: what was learned on one victim is said in one pass, and the loss is never asked. Inside
/// <see cref="Defenses.AdversarialTraining"/> it hardens at the cost of a pass.
/// </summary>
/// <param name="Generator">The network.</param>
/// <param name="Weights">Where it stands.</param>
public sealed record LearnedMoves(MoveGenerator Generator, Point Weights) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng) =>
        threat.IsEmpty ? Move.Zero : threat.Project(at, Generator.InBall(Weights, at.Fixed(), threat));
}

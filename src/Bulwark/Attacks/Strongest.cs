using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>The worst move that several searches find: of each example, where examples are apart, else of the batch.</summary>
/// <param name="Attacks">The searches.</param>
public sealed record Strongest(params IReadOnlyList<IAttack> Attacks) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        var worst = new WorstMove(at, threat);
        worst.Meet(loss(at), Move.Zero);
        for (var i = 0; i < Attacks.Count; i++)
        {
            var move = Attacks[i].Find(loss, at, threat, rng.Fork(i));
            worst.Meet(loss(at + move), move);
        }
        return worst.Move;
    }
}

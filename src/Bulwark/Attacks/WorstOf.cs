using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>The move of several attacks that makes the loss largest, no move if none raises it.</summary>
/// <param name="Attacks">Each is run.</param>
public sealed record WorstOf(params IReadOnlyList<IAttack> Attacks) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        var worst = (Value: loss(at).Item(), Move: Move.Zero);
        for (var i = 0; i < Attacks.Count; i++)
        {
            var move = Attacks[i].Find(loss, at, threat, rng.Fork(i));
            var value = loss(at + move).Item();
            if (value > worst.Value) worst = (value, move);
        }
        return worst.Move;
    }
}

using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// A random Gaussian direction at the full radius, on the rows that the loss reads: the control of every attack. What noise does too, an
/// attack has not done. Of several tries the worst is kept, of each example where examples are apart, if it is worse than none.
/// </summary>
/// <param name="Tries">How many directions.</param>
public sealed record Noise(int Tries = 1) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        var read = Grad.Of(loss, at, threat.Variables).Move;
        var like = new Move([.. threat.Variables.Select(variable => (variable, read.TryGet(variable, out var rows) ? rows : Tensor.Zeros(at[variable].Shape)))]);
        if (Tries == 1) return Direction(rng);
        var worst = new WorstMove(at, threat);
        worst.Meet(loss(at), Move.Zero);
        for (var i = 0; i < Tries; i++)
        {
            using var scope = Scope.Open();
            var move = Direction(rng.Fork(i));
            worst.Meet(loss(at + move), move);
        }
        return worst.Move;

        Move Direction(Rng draw) => threat.Project(at, threat.Steepest(
            like.Map((variable, rows) => rows.WithStored(Tensor.Gaussian(rows.Stored.Shape, 1, draw.Fork(variable.Name)))), 1));
    }
}

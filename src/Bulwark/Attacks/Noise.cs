using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// A random Gaussian direction at the full radius, on the rows that the loss reads: the control of every attack. What noise does too, an
/// attack has not done.
/// </summary>
public sealed record Noise : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        var read = Grad.Of(loss, at, threat.Variables).Move;
        var direction = read.Map((variable, like) => like.WithStored(Tensor.Gaussian(like.Stored.Shape, 1, rng.Fork(variable.Name))));
        return threat.Project(at, threat.Steepest(direction, 1));
    }
}

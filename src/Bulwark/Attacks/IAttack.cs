using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>A search for the worst move.</summary>
public interface IAttack
{
    /// <summary>A move inside the threat that makes the loss large. A failed search returns the best move it met, at worst no move.</summary>
    Move Find(Loss loss, Point at, Threat threat, Rng rng);
}

using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>Corrupting the data itself: fake accounts, where an <see cref="IAttack"/> finds a move.</summary>
public interface IPoison
{
    /// <summary>
    /// The training data with fake accounts behind the real ones: all rows of <paramref name="train"/>, then theirs. Accounts whose index is at least
    /// <c>train.UserCount</c> are fake, so that evaluation can leave them out.
    /// </summary>
    /// <param name="train">What the attacker knows; it stays as it is.</param>
    /// <param name="budget">How much the attacker may do.</param>
    /// <param name="rng">The attacker's dice.</param>
    /// <exception cref="ArgumentException">The budget does not fit the data, or the attack cannot use them.</exception>
    Interactions Poison(Interactions train, Budget budget, Rng rng);
}

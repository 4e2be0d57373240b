using Bulwark.Tensors;

namespace Bulwark.Attacks.BlackBox;

/// <summary>
/// A move crafted on a surrogate, which was trained on what the attacker can see, and applied to the victim, which is never asked (Papernot et al. 2017).
/// </summary>
/// <param name="Attack">The search on the surrogate, which the attacker knows whole.</param>
/// <param name="Surrogate">The surrogate's loss of the same batch.</param>
/// <param name="At">The surrogate's weights.</param>
/// <param name="Inputs">The surrogate's own variable for what moves.</param>
public sealed record Transfer(IAttack Attack, Loss Surrogate, Point At, Variable Inputs) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        threat.Demand(Knowledge.Grey);
        var input = threat.Variables is [var only] ? only : throw new ArgumentException("Inputs are transferred in one variable; let the threat move one.");
        var known = threat with { Targets = [(Inputs, threat[input])], Knowledge = Knowledge.White };
        var move = Attack.Find(Surrogate, At.With(Inputs, at[input]), known, rng);
        return move.TryGet(Inputs, out var delta) ? new((input, delta)) : Move.Zero;
    }
}

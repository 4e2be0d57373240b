using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// One step from a uniform start, δ = Project(u + η ε · Steepest(∇L(x + u))): one gradient, nothing measured, the attack of fast adversarial training (Wong
/// et al. 2020). The start is drawn for all of a variable, not for the rows that a batch reads: it is meant for inputs and features.
/// </summary>
/// <param name="StepSize">η, a share of ε.</param>
public sealed record RandomStep(float StepSize = 1.25f) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        var start = threat.Sample(at, new Move([.. threat.Variables.Select(variable => (variable, at[variable]))]), rng);
        return threat.Ascend(at, start, Grad.Of(loss, at + start, threat.Variables).Move, StepSize);
    }
}

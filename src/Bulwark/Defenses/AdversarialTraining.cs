using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// L(x) + λ · L(x + δ), δ the worst move the attack finds, held constant (Goodfellow et al. 2015; Madry et al. 2018). With one normalized
/// step on the embedding tables of a BPR model it is adversarial personalized ranking (He et al. 2018). The attack sees the loss without
/// dropout; but a single step from the clean point goes along the gradient that training takes there anyway, so that a training step is two gradients
/// rather than three.
/// </summary>
/// <param name="Attack">Who searches the move.</param>
/// <param name="Threat">What may move, and how far.</param>
/// <param name="Weight">λ.</param>
public sealed record AdversarialTraining(IAttack Attack, Threat Threat, float Weight = 1) : IDefense
{
    /// <inheritdoc/>
    public Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective) => (batch, rng) =>
    {
        var (loss, attacked) = (objective(batch, rng), objective(batch, null));
        var search = rng?.Fork("attack") ?? new Rng(0);
        return at => InTwoGradients(loss, at) ?? loss(at) + loss(at + Attack.Find(attacked, at.Fixed(), Threat, search)) * Weight;
    };

    /// <summary>The same for a single step, where nobody will differentiate the gradient again; else null.</summary>
    private Tensor? InTwoGradients(Loss loss, Point at)
    {
        if (at.Order != 1 || Attack is not GradientAscent { IsOneStep: true, Slope: ExactSlope } step) return null;
        var clean = JointGradient.Of(loss, at, Move.Zero, Threat);
        var move = step.OneStep(clean.Moved, at.Fixed(), Threat);
        return Grad.Given(at, clean.Value, clean.Weights) + loss(at + move).Sum() * Weight;
    }
}

using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// L(x + δ), δ ← Project(δ + η ε · Steepest(∂L/∂δ)) by the gradient that training takes anyway (free adversarial training: Shafahi et al. 2019). It needs
/// <see cref="TrainingOptions.Replays"/>: δ begins at 0 with each batch and is carried on over its replays, so that m replays are m − 1 steps of ascent
/// at the cost of m plain steps; train epochs / m. The clean loss is the first replay's. Training and attack see the same dropout. It is the outermost defense: the move
/// lives in the memory of the trainer's step.
/// </summary>
/// <param name="Threat">What may move, and how far.</param>
/// <param name="StepSize">η, a share of ε.</param>
public sealed record FreeTraining(Threat Threat, float StepSize = 1) : IDefense
{
    /// <inheritdoc/>
    public Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective) => (batch, rng) =>
    {
        var (loss, move) = (objective(batch, rng), Move.Zero);
        return at =>
        {
            var (value, weights, moved) = JointGradient.Of(loss, at, move, Threat);
            move = Threat.Ascend(at.Fixed(), move, moved, StepSize).Promote();                   // to the scope of all replays
            return Grad.Given(at, value, weights);
        };
    };
}

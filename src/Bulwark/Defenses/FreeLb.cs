using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// (1/K) Σ_k L(x + δ_k), δ₀ = 0 and δ_{k+1} = Project(δ_k + η ε · Steepest(∂L/∂δ_k)): every gradient of the ascent trains too (FreeLB: Zhu et al. 2020). For
/// text the threat is on the table of piece embeddings. 1/K of the loss is clean; K passes a step. Training and attack see the same dropout.
/// </summary>
/// <param name="Threat">What may move, and how far.</param>
/// <param name="Steps">K.</param>
/// <param name="StepSize">η, a share of ε.</param>
public sealed record FreeLb(Threat Threat, int Steps = 3, float StepSize = 0.5f) : IDefense
{
    /// <inheritdoc/>
    public Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at =>
        {
            var (move, value, sum) = (Move.Zero, 0f, Move.Zero);
            for (var k = 0; k < Steps; k++)
            {
                var joint = JointGradient.Of(loss, at, move, Threat);
                (value, sum) = (value + joint.Value, sum + joint.Weights);
                if (k < Steps - 1) move = Threat.Ascend(at.Fixed(), move, joint.Moved, StepSize);
            }
            return Grad.Given(at, value / Steps, sum * (1f / Steps));
        };
    };
}

using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// (1 − s) · L(x) + s · L(x + δ), δ the worst move the attack finds, held constant. s = 1 is the min-max of Madry et al. (2018), which trains on moved examples
/// alone; with <see cref="RandomStep"/> it is fast adversarial training (Wong et al. 2020). A share of the loss, unlike the weight of
/// <see cref="AdversarialTraining"/>, leaves the size of the loss, and what is not in it is not evaluated. The attack sees the loss without dropout.
/// </summary>
/// <param name="Attack">Who searches the move.</param>
/// <param name="Threat">What may move, and how far.</param>
/// <param name="Share">s in [0, 1]: the share that is attacked; the rest is clean.</param>
public sealed record WorstCaseTraining(IAttack Attack, Threat Threat, float Share = 1) : IDefense
{
    /// <summary>s.</summary>
    public float Share { get; init; } = Share is >= 0 and <= 1 ? Share : throw new ArgumentOutOfRangeException(nameof(Share), Share, "A share lies between 0 and 1.");

    /// <inheritdoc/>
    public Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective) => (batch, rng) =>
    {
        var (loss, attacked) = (objective(batch, rng), objective(batch, null));
        var search = rng?.Fork("attack") ?? new Rng(0);
        return at => Share switch
        {
            0 => loss(at),
            1 => Moved(at),
            _ => loss(at) * (1 - Share) + Moved(at) * Share,
        };

        Tensor Moved(Point at) => loss(at + Attack.Find(attacked, at.Fixed(), Threat, search));
    };
}

using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// L(x) + λ L(x + G(x)), G a generator of moves that learns in the same steps to make E L(x + G(x)) large: generative adversarial training (Lee, Han and Lee
/// 2017) as a defense. Both players take their gradients from one pass, the generator the opposite of the model's, so that no search is made. Its weights are
/// learned with the model's: let the training start at a point that has them.
/// </summary>
/// <param name="Moves">G.</param>
/// <param name="Threat">What may move, and how far: one variable.</param>
/// <param name="Weight">λ above 0.</param>
public sealed record GenerativeTraining(MoveGenerator Moves, Threat Threat, float Weight = 1) : IDefense
{
    /// <summary>λ above 0.</summary>
    public float Weight { get; init; } = Weight > 0 ? Weight : throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "λ lies above 0.");

    /// <inheritdoc/>
    public Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at =>
        {
            var (value, gradient) = Grad.Of(here => loss(here).Sum() + loss(here + Moves.Of(here, here, Threat)).Sum() * Weight, at.Fixed());
            return Grad.Given(at, value.Item(), gradient.Map((variable, slope) => Moves.Learns(variable) ? slope * (-1 / Weight) : slope));
        };
    };
}

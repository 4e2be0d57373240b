using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// AdvGAN (Xiao et al. 2018): a generator learns moves that make a victim's loss large and that a critic cannot tell from clean examples. The bound on their size,
/// there a hinge on their norm, is the threat's ball itself.
/// </summary>
/// <param name="Generator">What says the moves.</param>
/// <param name="Critic">What tells moved examples from clean ones.</param>
/// <param name="Threat">What may move, and how far.</param>
public sealed record AdvGan(MoveGenerator Generator, ICritic Critic, Threat Threat)
{
    /// <summary>What scores cost; least squares, as published.</summary>
    public AdversarialLoss Loss { get; init; } = AdversarialLoss.LeastSquares;

    /// <summary>The weight of passing for clean beside the victim's loss.</summary>
    public float Realism { get; init; } = 0.1f;

    /// <summary>The critic's game against −E L(x + G(x)) + w L_G(D(x + G(x))), with the victim held.</summary>
    /// <param name="objective">L: what an attacker makes large, of each example or of the batch. Without dropout.</param>
    /// <param name="clean">Where the victim stands with a batch's examples.</param>
    public Game<TBatch> On<TBatch>(Objective<TBatch> objective, Func<TBatch, Point> clean)
    {
        var variable = Threat.Variables[0];
        return new(
            (batch, _) => at =>
            {
                var from = clean(batch);
                var moved = from + Generator.Of(at, from, Threat);
                return Loss.Critic(Critic.Score(at, from[variable], null), Critic.Score(at, moved[variable].Fixed(), null));
            },
            (batch, _) => at =>
            {
                var from = clean(batch);
                var moved = from + Generator.Of(at, from, Threat);
                return Loss.Generator(Critic.Score(at, moved[variable], null)) * Realism - objective(batch, null)(moved).Mean();
            });
    }

    /// <summary>
    /// Generative adversarial training (Lee, Han and Lee 2017): the model in the critic's place makes E L(x) + λ L(x + G(x)) small, and the generator makes
    /// E L(x + G(x)) large.
    /// </summary>
    /// <param name="generator">What says the moves.</param>
    /// <param name="threat">What may move, and how far.</param>
    /// <param name="objective">L, at a point where the examples stand.</param>
    /// <param name="bring">The point with a batch's examples.</param>
    /// <param name="weight">λ.</param>
    public static Game<TBatch> Training<TBatch>(
        MoveGenerator generator, Threat threat, Objective<TBatch> objective, Func<Point, TBatch, Point> bring, float weight = 1)
    {
        return new(
            (batch, rng) =>
            {
                var loss = objective(batch, rng);
                return at => loss(bring(at, batch)).Mean() + loss(Moved(at, batch)).Mean() * weight;
            },
            (batch, _) => at => -objective(batch, null)(Moved(at, batch)).Mean());

        Point Moved(Point at, TBatch batch)
        {
            var clean = bring(at, batch);
            return clean + generator.Of(at, clean, threat);
        }
    }
}

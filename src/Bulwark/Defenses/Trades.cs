using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// L(x) + β · KL(f(x) ‖ f(x + δ)), δ the move that makes the divergence itself large (TRADES: Zhang et al. 2019): accuracy from the labels, robustness from
/// agreement with the clean answer. All of L is clean. The search holds f(x) constant; training differentiates both.
/// </summary>
/// <param name="Outputs">f, and the divergence.</param>
/// <param name="Attack">Who searches the move; at the clean point the divergence has no slope, so it must start elsewhere: <see cref="Trades.Search"/>.</param>
/// <param name="Threat">What may move, and how far.</param>
/// <param name="Beta">β.</param>
public sealed record Trades<TBatch>(Outputs<TBatch> Outputs, IAttack Attack, Threat Threat, float Beta = 6)
{
    /// <summary>The hardened objective.</summary>
    public Objective<TBatch> Harden(Objective<TBatch> objective) => (batch, rng) =>
    {
        var (loss, f, quiet) = (objective(batch, rng), Outputs.Of(batch, rng), Outputs.Of(batch, null));
        var search = rng?.Fork("attack") ?? new Rng(0);
        return at =>
        {
            var (here, clean) = (at.Fixed(), quiet(at.Fixed()));
            var move = Attack.Find(moved => Outputs.Divergence(clean, quiet(moved)), here, Threat, search);
            return loss(at).Sum() + Outputs.Divergence(f(at), f(at + move)) * Beta;
        };
    };
}

/// <summary>What the search of <see cref="Trades{TBatch}"/> usually is.</summary>
public static class Trades
{
    /// <summary>Steps of ε/4 from x + .001 · N(0, I).</summary>
    public static GradientAscent Search(int steps = 10) => new(steps, 0.25f) { StartDeviation = 0.001f };
}

namespace Bulwark.Defenses;

/// <summary>
/// s ← clamp(s · e^{γ (lost − target)}): an ε or λ that follows what an attack still takes. Where the share lost is above the target the next round trains
/// harder, below it the round gives clean accuracy room. It depends on the measured rounds alone, so that training can be resumed between them.
/// </summary>
/// <param name="Start">s of the first round.</param>
/// <param name="Target">The share of the figure that may be lost.</param>
/// <param name="Gain">γ: 0 keeps s.</param>
/// <param name="Low">The smallest s.</param>
/// <param name="High">The largest s.</param>
public sealed record AdaptiveStrength(float Start, double Target, double Gain, float Low, float High)
{
    /// <summary>s of the round after these; the figures before any hardening come first, and are the ones that the first round's s follows from.</summary>
    public float After(IEnumerable<HardeningRound> rounds) =>
        rounds.Skip(1).Aggregate(Start, (s, round) => Math.Clamp((float)(s * Math.Exp(Gain * (round.Lost - Target))), Low, High));
}

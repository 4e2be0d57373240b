using Bulwark.Attacks;

namespace Bulwark.Evaluation.Gate;

/// <summary>
/// Whether a claim of robustness holds and can be believed: the model must keep enough under the strongest attack tried, and every check that an honest
/// evaluation passes (Carlini et al. 2019; Athalye et al. 2018) must pass or not apply.
/// </summary>
public static class RobustnessGate
{
    private static readonly float[] Radii = [0.25f, 0.5f, 1, 1.5f, 2];   // of curves, in parts of the claim's

    /// <summary>Attacks the victim and runs every check.</summary>
    /// <param name="victim">The model.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="tell">Hears each check before it is run.</param>
    /// <param name="cancel">Stops before the next check.</param>
    public static GateReport Run(GateVictim victim, GateOptions options, Action<string>? tell = null, CancellationToken cancel = default)
    {
        var (trial, findings) = (new GateTrial(victim, options), new List<GateFinding>());
        foreach (var (name, check) in GateChecks.All)
        {
            cancel.ThrowIfCancellationRequested();
            tell?.Invoke(name);
            var (verdict, figure) = check(trial);
            findings.Add(new(name, verdict, figure));
        }
        tell?.Invoke("curves");
        return new(trial.Clean.Average(), trial.White.Average(), options.MostLost, findings)
        {
            Claimed = Curve(trial, trial.Options.Attack(options.Steps)),
            Noise = Curve(trial, new Noise()),
            Twin = trial.Twin is { } twin ? new([(0, twin.Clean.Average()), .. Curve(twin, options.Attack(options.Steps)).Points]) : null,
        };
    }

    private static GateCurve Curve(GateTrial trial, IAttack attack) =>
        new([.. Radii.Select(part => part * trial.Options.Epsilon).Select(epsilon => (epsilon, trial.Under(attack, epsilon).Average()))]);
}

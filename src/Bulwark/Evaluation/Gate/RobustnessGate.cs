namespace Bulwark.Evaluation.Gate;

/// <summary>
/// Whether a claim of robustness holds and can be believed: the model must keep enough under the strongest attack tried, and every check that an honest
/// evaluation passes (Carlini et al. 2019; Athalye et al. 2018) must pass or not apply.
/// </summary>
public static class RobustnessGate
{
    /// <summary>Attacks the victim and runs every check.</summary>
    /// <param name="victim">The model.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="tell">Hears each check before it is run.</param>
    public static GateReport Run(GateVictim victim, GateOptions options, Action<string>? tell = null)
    {
        var (trial, findings) = (new GateTrial(victim, options), new List<GateFinding>());
        foreach (var (name, check) in GateChecks.All)
        {
            tell?.Invoke(name);
            var (verdict, figure) = check(trial);
            findings.Add(new(name, verdict, figure));
        }
        return new(trial.Clean.Average(), trial.White.Average(), options.MostLost, findings);
    }
}

namespace Bulwark.Evaluation.Gate;

/// <summary>What a gate has found.</summary>
/// <param name="Clean">The mean figure without an attack.</param>
/// <param name="Attacked">The mean figure under the strongest attack that was tried.</param>
/// <param name="MostLost">The largest share that may be lost.</param>
/// <param name="Findings">Every check.</param>
public sealed record GateReport(double Clean, double Attacked, double MostLost, IReadOnlyList<GateFinding> Findings)
{
    /// <summary>The share of the clean figure that is lost.</summary>
    public double Lost => Clean > 0 ? 1 - Attacked / Clean : 0;

    /// <summary>Whether the robustness that was asked for is there.</summary>
    public bool IsRobust => Lost <= MostLost;

    /// <summary>Whether it is there and can be believed.</summary>
    public bool Passed => IsRobust && Findings.All(finding => finding.Verdict != GateVerdict.Fail);
}

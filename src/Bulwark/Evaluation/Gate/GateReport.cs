namespace Bulwark.Evaluation.Gate;

/// <summary>The mean figures that moves of one kind leave, against ε.</summary>
/// <param name="Points">In order of ε.</param>
public sealed record GateCurve(params IReadOnlyList<(float Epsilon, double Figure)> Points);

/// <summary>What a gate has found.</summary>
/// <param name="Clean">The mean figure without an attack.</param>
/// <param name="Attacked">The mean figure under the strongest attack that was tried.</param>
/// <param name="MostLost">The largest share that may be lost.</param>
/// <param name="Findings">Every check.</param>
public sealed record GateReport(double Clean, double Attacked, double MostLost, IReadOnlyList<GateFinding> Findings)
{
    /// <summary>What the attack of the claim leaves.</summary>
    public GateCurve Claimed { get; init; } = new();

    /// <summary>What noise of the same size leaves.</summary>
    public GateCurve Noise { get; init; } = new();

    /// <summary>What the attack of the claim leaves of the model without its defense, its clean figure at ε 0 first; null where there is none.</summary>
    public GateCurve? Twin { get; init; }

    /// <summary>The share of the clean figure that is lost.</summary>
    public double Lost => Clean > 0 ? 1 - Attacked / Clean : 0;

    /// <summary>Whether the robustness that was asked for is there.</summary>
    public bool IsRobust => Lost <= MostLost;

    /// <summary>Whether it is there and can be believed.</summary>
    public bool Passed => IsRobust && Findings.All(finding => finding.Verdict != GateVerdict.Fail);

    /// <summary>The findings as a report shows them.</summary>
    public IReadOnlyList<ReportCheck> Checks => [.. Findings.Select(finding => new ReportCheck(finding.Check, Word(finding.Verdict), finding.Figure))];

    private static string Word(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => "pass",
        GateVerdict.Fail => "fail",
        _ => "not applicable",
    };
}

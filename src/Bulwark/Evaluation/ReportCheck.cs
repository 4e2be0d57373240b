namespace Bulwark.Evaluation;

/// <summary>A check of a robustness gate, as a report shows it.</summary>
/// <param name="Check">What must hold.</param>
/// <param name="Verdict">"pass", "fail" or "not applicable".</param>
/// <param name="Figure">By what figure, or why not applicable.</param>
public sealed record ReportCheck(string Check, string Verdict, string Figure)
{
    /// <summary>A line for each check.</summary>
    public static Table Table(IReadOnlyList<ReportCheck> checks) =>
        new(["check", "verdict", "figure"], [.. checks.Select(check => (string[])[check.Check, check.Verdict, check.Figure])], new bool[3]);
}

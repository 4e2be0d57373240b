namespace Bulwark.Evaluation;

/// <summary>A paired test between two models on the same users or seeds.</summary>
/// <param name="A">The first model.</param>
/// <param name="B">The second model.</param>
/// <param name="Metric">The metric compared.</param>
/// <param name="Attack">The attack both were under, or <see cref="ReportRow.Clean"/>.</param>
/// <param name="Epsilon">Its budget.</param>
/// <param name="MeanDifference">The mean of A − B over the pairs.</param>
/// <param name="P">The two-sided p-value.</param>
public sealed record ReportComparison(
    string A, string B, string Metric, string Attack, double Epsilon, double MeanDifference, double P);

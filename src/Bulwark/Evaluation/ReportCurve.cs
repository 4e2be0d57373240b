namespace Bulwark.Evaluation;

/// <summary>How a model's training went, epoch by epoch.</summary>
public sealed record ReportCurve(string Model, IReadOnlyList<ReportEpoch> Epochs);

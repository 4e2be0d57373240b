namespace Bulwark.Evaluation;

/// <summary>A point of a curve.</summary>
public readonly record struct ReportPlace(double X, double Y);

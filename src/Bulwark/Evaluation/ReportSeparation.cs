namespace Bulwark.Evaluation;

/// <summary>How a model's scores tell two classes apart, threshold by threshold: what is drawn of two <see cref="ThresholdCurve"/>s.</summary>
/// <param name="Model">The model.</param>
/// <param name="Roc">True-positive rate against false-positive rate.</param>
/// <param name="PrecisionRecall">Precision against recall.</param>
public sealed record ReportSeparation(string Model, IReadOnlyList<ReportPlace> Roc, IReadOnlyList<ReportPlace> PrecisionRecall)
{
    /// <summary>Both curves of a result; none where it has none.</summary>
    public static IReadOnlyList<ReportSeparation> Of(string model, RatingResult result) =>
        result is { Roc: { } roc, PrecisionRecall: { } precisionRecall } ? [new(model, Places(roc), Places(precisionRecall))] : [];

    private static ReportPlace[] Places(ThresholdCurve curve) => [.. curve.Points.Select(point => new ReportPlace(point.X, point.Y))];
}

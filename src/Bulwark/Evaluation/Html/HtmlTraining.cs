using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Training curves: loss and validation metric by epoch, a line for each model.</summary>
internal static class HtmlTraining
{
    /// <summary>Losses whose range is wider than this are drawn on a logarithmic axis.</summary>
    private const double WideRange = 30;

    public static void Write(HtmlPage page, Report report, List<string> styles)
    {
        var loss = Lines(report, styles, epoch => epoch.Loss);
        var validation = Lines(report, styles, epoch => epoch.Validation ?? double.NaN);
        var charts = new List<Action<TextWriter>>();
        if (loss.Count > 0) charts.Add(Chart("Training loss", new("loss") { Log = IsWide(loss) }, loss).Write);
        if (validation.Count > 0) charts.Add(Chart("Validation", new("metric on validation data"), validation).Write);
        if (charts.Count == 0) return;
        page.Figure("Loss and validation metric after each epoch. The losses of models with different objectives do not compare.", charts);
    }

    private static LineChart Chart(string title, ChartAxis axis, List<ChartSeries> lines) => new(new("epoch"), axis, lines)
    {
        Title = title,
        Description = string.Join(' ', lines.Select(line =>
            $"{line.Name}: from {ReportNumber.Short(line.Points[0].Y)} to {ReportNumber.Short(line.Points[^1].Y)} at epoch {line.Points[^1].X}.")),
    };

    private static List<ChartSeries> Lines(Report report, List<string> styles, Func<ReportEpoch, double> of) =>
        [.. report.TrainingCurves.Select(curve => new ChartSeries(curve.Model, Points(curve, of), styles.IndexOf(curve.Model)))
            .Where(line => line.Points.Count > 0)];

    /// <summary>Epochs where the value is known: a metric measured every fifth epoch is still a line.</summary>
    private static List<ChartPoint> Points(ReportCurve curve, Func<ReportEpoch, double> of) =>
        [.. curve.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, of(epoch))).Where(point => double.IsFinite(point.Y))];

    private static bool IsWide(List<ChartSeries> lines)
    {
        var values = lines.SelectMany(line => line.Points).Select(point => point.Y).ToList();
        return values.Min() > 0 && values.Max() / values.Min() > WideRange;
    }
}

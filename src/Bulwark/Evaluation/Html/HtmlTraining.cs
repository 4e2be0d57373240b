using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Training curves: loss and validation metric by epoch, a line for each model.</summary>
internal static class HtmlTraining
{
    /// <summary>Losses whose range is wider than this are drawn on a logarithmic axis.</summary>
    private const double WideRange = 30;

    public static void Write(HtmlPage page, Report report, Func<string, int> styleOf)
    {
        var loss = Series(report, styleOf, epoch => epoch.Loss);
        var validation = Series(report, styleOf, epoch => epoch.Validation ?? double.NaN);
        var charts = new List<Action<TextWriter>>();
        if (loss.Count > 0) charts.Add(new LineChart(new("epoch"), new("loss") { Log = IsWide(loss) }, loss) { Title = "Training loss", Description = Describe(loss) }.Write);
        if (validation.Count > 0) charts.Add(new LineChart(new("epoch"), new("metric on validation data"), validation) { Title = "Validation", Description = Describe(validation) }.Write);
        if (charts.Count > 0)
            page.Figure("Loss and validation metric after each epoch. The losses of models with different objectives do not compare; model choice used validation data only.", charts);
    }

    private static List<ChartSeries> Series(Report report, Func<string, int> styleOf, Func<ReportEpoch, double> of) =>
        [.. report.TrainingCurves.Select(curve => new ChartSeries(curve.Model, Points(curve, of), styleOf(curve.Model))).Where(series => series.Points.Any(point => double.IsFinite(point.Y)))];

    /// <summary>Epochs where the value is known: a metric measured every fifth epoch is still a line.</summary>
    private static List<ChartPoint> Points(ReportCurve curve, Func<ReportEpoch, double> of) =>
        [.. curve.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, of(epoch))).Where(point => !double.IsNaN(point.Y))];

    private static bool IsWide(List<ChartSeries> series)
    {
        var values = series.SelectMany(line => line.Points).Select(point => point.Y).Where(double.IsFinite).ToList();
        return values.Min() > 0 && values.Max() / values.Min() > WideRange;
    }

    private static string Describe(List<ChartSeries> series) => string.Join(" ", series.Select(line =>
        $"{line.Name}: from {ReportNumber.Short(line.Points[0].Y)} to {ReportNumber.Short(line.Points[^1].Y)} in {line.Points.Count} epochs."));
}

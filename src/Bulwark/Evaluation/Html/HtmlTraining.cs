using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Training curves: loss and validation metric by epoch, a line for each model.</summary>
internal static class HtmlTraining
{
    public static void Write(HtmlPage page, Report report, List<string> styles)
    {
        Action<TextWriter>[] charts =
        [
            .. EpochChart.Of("Training loss", "loss", Lines(epoch => epoch.Loss), magnitude: true),
            .. EpochChart.Of("Validation", "metric on validation data", Lines(epoch => epoch.Validation ?? double.NaN), magnitude: false),
        ];
        if (charts.Length == 0) return;
        page.Figure("Loss and validation metric after each epoch. The losses of models with different objectives do not compare.", charts);

        IEnumerable<ChartSeries> Lines(Func<ReportEpoch, double> of) => report.TrainingCurves.Select(curve =>
            new ChartSeries(curve.Model, [.. curve.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, of(epoch)))], styles.IndexOf(curve.Model)));
    }
}

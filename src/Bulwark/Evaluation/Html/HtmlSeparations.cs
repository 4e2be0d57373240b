using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>How scores tell two classes apart at every threshold: two panels, a line for each model.</summary>
internal static class HtmlSeparations
{
    public static void Write(HtmlPage page, Report report, List<string> styles)
    {
        Action<TextWriter>[] charts =
        [
            Chart("Receiver operating characteristic", "false-positive rate", "true-positive rate", curve => curve.Roc),
            Chart("Precision and recall", "recall", "precision", curve => curve.PrecisionRecall),
        ];
        page.Figure("Both kinds of error at every threshold that a score could be held against; the higher a line, the better.", charts);

        Action<TextWriter> Chart(string title, string x, string y, Func<ReportSeparation, IReadOnlyList<ReportPlace>> of) => new LineChart(
            new(x) { Max = 1 }, new(y) { Max = 1 },
            [.. report.Separations.Select(curve => new ChartSeries(
                curve.Model, [.. of(curve).Select(place => new ChartPoint(place.X, place.Y))], styles.IndexOf(curve.Model)))])
        {
            Title = title,
        }.Write;
    }
}

using Bulwark.Evaluation.Charts;
using Bulwark.Evaluation.Html;
using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Dashboard;

/// <summary>Figures over windows, each with what is usual.</summary>
internal static class DashboardCharts
{
    /// <summary>Writes the charts, or says that there is nothing to draw.</summary>
    public static void Write(HtmlPage page, IReadOnlyList<MonitorWindow> windows)
    {
        if (windows.Count == 0)
        {
            page.Paragraph("Curves begin with the first window that is over.");
            return;
        }
        LineChart?[] charts =
        [
            Banded("Hit rate", "HR@10", windows, window => window.HitRate),
            Bounded("Drift", "bits from the windows before", windows, window => window.Drift),
            Bounded("Distance from training", "bits", windows, window => window.FromTraining),
            Banded("New accounts", "share of a window's accounts", windows, window => window.NewUsers),
            Bounded("Activity", "Kolmogorov–Smirnov distance", windows, window => window.Activity),
            Lines("Concentration", "of what is taken", windows, ("Gini", window => window.Gini), ("top 10", window => window.TopShare)),
        ];
        page.Figure(
            "A point a window. The band is what earlier windows make usual, the bound the most that chance explains.",
            charts.OfType<LineChart>().Select(chart => (Action<TextWriter>)chart.Write));
    }

    /// <summary>The value, and the band around what is usual.</summary>
    private static LineChart? Banded(string title, string label, IReadOnlyList<MonitorWindow> windows, Func<MonitorWindow, Reading> figure) => Of(title, label,
    [
        new("measured", Points(windows, window => figure(window).Value), 0),
        new("usual", [.. windows.Select(window => (window.Number, Reading: figure(window)))
            .Select(one => new ChartPoint(one.Number, one.Reading.Usual, Math.Abs(one.Reading.Bound - one.Reading.Usual)))], 5),
    ]);

    /// <summary>The value, and the bound.</summary>
    private static LineChart? Bounded(string title, string label, IReadOnlyList<MonitorWindow> windows, Func<MonitorWindow, Reading> figure) =>
        Lines(title, label, windows, ("measured", window => figure(window).Value), ("bound", window => figure(window).Bound));

    private static LineChart? Lines(
        string title, string label, IReadOnlyList<MonitorWindow> windows, params (string Name, Func<MonitorWindow, double> Figure)[] lines) =>
        Of(title, label, [.. lines.Select((line, n) => new ChartSeries(line.Name, Points(windows, line.Figure), n))]);

    private static List<ChartPoint> Points(IReadOnlyList<MonitorWindow> windows, Func<MonitorWindow, double> figure) =>
        [.. windows.Select(window => new ChartPoint(window.Number, figure(window)))];

    /// <summary>Null where there is no point to draw.</summary>
    private static LineChart? Of(string title, string label, ChartSeries[] lines)
    {
        ChartSeries[] drawn = [.. lines.Where(line => line.Points.Any(point => double.IsFinite(point.Y)))];
        if (drawn.Length == 0) return null;
        return new(new("window"), new(label) { Min = 0 }, drawn)
        {
            Title = title,
            Description = string.Join(' ', drawn.Select(line => Last(line.Name, line.Points[^1]))),
        };

        static string Last(string name, ChartPoint point) => FormattableString.Invariant($"{name}: {point.Y:G3} in window {point.X}.");
    }
}

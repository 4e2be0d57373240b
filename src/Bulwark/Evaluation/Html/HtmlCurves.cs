using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Robustness as figures: a panel for each attack that was run at several budgets, a dot plot for those that were run at one.</summary>
internal sealed class HtmlCurves(HtmlPage page, Report report, ReportGrid grid, List<string> styles)
{
    private const int MostPanels = 12;

    /// <summary>Whether there is anything to draw.</summary>
    public bool Any => grid.Metrics.Any(metric => Swept(metric).Count > 0 || Single(metric).Count > 1);

    /// <summary>A figure for each metric; metrics after the first only while the panels are few.</summary>
    public void Write()
    {
        var panels = 0;
        foreach (var metric in grid.Metrics)
        {
            var (swept, single) = (Swept(metric), Single(metric));
            var max = swept.SelectMany(attack => grid.Models.SelectMany(model => Line(model, attack, metric)))
                .Select(point => point.Y + point.Spread).Where(double.IsFinite).DefaultIfEmpty(0).Max();
            List<Action<TextWriter>> charts = [.. swept.Select(attack => (Action<TextWriter>)Panel(attack, metric, max).Write)];
            if (single.Count > 1) charts.Add(Dots(metric, single).Write);
            if (charts.Count == 0 || (panels > 0 && panels + charts.Count > MostPanels)) continue;
            page.Figure(Caption(metric, swept.Count > 0, single.Count > 1), charts);
            panels += charts.Count;
        }
    }

    private string Caption(string metric, bool swept, bool single)
    {
        var what = !swept ? $"{metric} under each attack"
            : $"{metric} against ε, a panel for each attack{(single ? ", and under the attacks that were run at one budget" : "")}";
        var spread = grid.Of(metric).Any(row => row.Std > 0) ? "; bars are one standard deviation over seeds." : ".";
        return what + spread + (report.LowerIsBetter.Contains(metric) ? " Less is better." : swept ? " A line that stays high is robust." : "");
    }

    private LineChart Panel(string attack, string metric, double max)
    {
        List<ChartSeries> series = [.. grid.Models.Select(model => Series(model, Line(model, attack, metric)))
            .Where(line => line.Points.Any(point => double.IsFinite(point.Y)))];
        return new(new("ε"), new(metric) { Max = max }, series)
        {
            Title = attack,
            Description = string.Join(' ', series.Select(line => $"{line.Name}: {Value(line.Points[0])}, {Value(line.Points[^1])}.")),
        };

        static string Value(ChartPoint point) => $"{ReportNumber.Short(point.Y)} at ε {ReportNumber.Short(point.X)}";
    }

    private DotChart Dots(string metric, List<(string Attack, double Epsilon)> points) => new(
        [.. points.Select(point => point.Attack + (ReportNumber.HasEpsilon(point.Epsilon) ? $", ε {ReportNumber.Short(point.Epsilon)}" : ""))], metric,
        [.. grid.Models.Select(model => Series(model, Marks(model, metric, points))).Where(marks => marks.Points.Count > 0)])
    {
        Title = ReportGrid.IsClean(points[0].Attack) ? "Clean and attacked" : "Attacks at one budget",
        Description = $"{metric} of each model; the numbers are in the table of results.",
    };

    private ChartSeries Series(string model, IReadOnlyList<ChartPoint> points) => new(model, points, styles.IndexOf(model));

    /// <summary>A model's clean value at ε 0, then the attack at each budget.</summary>
    private List<ChartPoint> Line(string model, string attack, string metric)
    {
        List<ChartPoint> points = [.. grid.Points.Where(point => point.Attack == attack && double.IsFinite(point.Epsilon))
            .Select(point => grid.Find(model, attack, point.Epsilon, metric)).OfType<ReportRow>().Select(row => Point(row.Epsilon, row))];
        if (points.Count > 0 && points[0].X > 0 && grid.Clean(model, metric) is { } clean) points.Insert(0, Point(0, clean));
        return points;
    }

    private List<ChartPoint> Marks(string model, string metric, List<(string Attack, double Epsilon)> points) =>
        [.. points.Index().Select(entry => (entry.Index, Row: grid.Find(model, entry.Item.Attack, entry.Item.Epsilon, metric)))
            .Where(entry => double.IsFinite(entry.Row?.Value ?? double.NaN)).Select(entry => Point(entry.Index, entry.Row!))];

    private static ChartPoint Point(double x, ReportRow row) => new(x, row.Value, row.Std is { } std && double.IsFinite(std) ? std : 0);

    /// <summary>Attacks with two budgets or more under which the metric was measured.</summary>
    private List<string> Swept(string metric) => [.. Attacks(metric).Where(budgets => budgets.Count() > 1).Select(budgets => budgets.Key)];

    /// <summary>Clean, and the attacks with one budget under which the metric was measured.</summary>
    private List<(string Attack, double Epsilon)> Single(string metric)
    {
        var attacks = Attacks(metric).Where(budgets => budgets.Count() == 1).SelectMany(budgets => budgets).ToList();
        return attacks.Count == 0 ? [] : [.. grid.Points.Where(point => ReportGrid.IsClean(point.Attack) && Measured(point, metric)).Take(1), .. attacks];
    }

    private IEnumerable<IGrouping<string, (string Attack, double Epsilon)>> Attacks(string metric) =>
        grid.Points.Where(point => !ReportGrid.IsClean(point.Attack) && Measured(point, metric)).GroupBy(point => point.Attack);

    private bool Measured((string Attack, double Epsilon) point, string metric) =>
        grid.Of(metric).Any(row => (row.Attack, row.Epsilon) == point && double.IsFinite(row.Value));
}

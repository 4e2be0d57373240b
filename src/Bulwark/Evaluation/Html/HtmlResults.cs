using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>The measured numbers: a table for each metric, curves against ε, paired tests, and ε next to what it acts on.</summary>
internal sealed class HtmlResults(HtmlPage page, Report report, ReportGrid grid)
{
    private const int MostPanels = 12;

    /// <summary>A style for each model, the same in all charts.</summary>
    public int StyleOf(string model) => Math.Max(0, grid.Models.ToList().IndexOf(model));

    /// <summary>A table for each metric.</summary>
    public void WriteTables()
    {
        foreach (var metric in grid.Metrics) WriteTable(metric);
    }

    private void WriteTable(string metric)
    {
        var lower = report.LowerIsBetter.Contains(metric);
        var points = grid.Points.Where(point => grid.Models.Any(model => grid.Find(model, point.Attack, point.Epsilon, metric) is not null)).ToList();
        var models = grid.Models.Where(model => points.Any(point => grid.Find(model, point.Attack, point.Epsilon, metric) is not null)).ToList();
        var decimals = grid.Decimals(metric);
        var kept = !lower && models.Any(model => grid.Clean(model, metric) is { Value: > 0 }) && points.Any(point => !ReportGrid.IsClean(point.Attack));
        var seeds = grid.Of(metric).Max(row => row.Seeds ?? 1);
        var note = string.Join(" ", new[]
        {
            lower ? "Less is better." : "",
            models.Count > 1 ? "The best of each line is bold." : "",
            kept ? "Below each value is what is left of the model’s own clean value." : "",
            seeds > 1 ? $"Mean ± sample standard deviation over {seeds} seeds." : "",
        }.Where(text => text.Length > 0));

        page.Table(metric, note, ["Attack", "ε", .. models], [false, true, .. models.Select(_ => true)], points.Count, (line, column) =>
        {
            var (attack, epsilon) = points[line];
            if (column == 0) page.Markup.Text(attack.Length > 0 ? attack : ReportRow.Clean);
            else if (column == 1) page.Markup.Text(ReportNumber.HasEpsilon(epsilon) ? ReportNumber.Short(epsilon) : "");
            else if (grid.Find(models[column - 2], attack, epsilon, metric) is { } row) WriteCell(row, decimals, kept, models.Count > 1 && IsBest(row, models, lower));
            else page.Markup.Text("–");
        });
    }

    private bool IsBest(ReportRow row, List<string> models, bool lower)
    {
        var values = models.Select(model => grid.Find(model, row.Attack, row.Epsilon, row.Metric)?.Value ?? double.NaN).Where(double.IsFinite).ToList();
        return values.Count > 1 && row.Value == (lower ? values.Min() : values.Max());
    }

    private void WriteCell(ReportRow row, int decimals, bool kept, bool best)
    {
        var markup = page.Markup;
        markup.Leaf("span", ReportNumber.Fixed(row.Value, decimals), ("class", best ? "best" : "v"));
        if (row.Std is { } std) markup.Leaf("span", $" ± {ReportNumber.Fixed(std, decimals)}", ("class", "sd"));
        if (kept && !row.IsClean && grid.Clean(row.Model, row.Metric) is { Value: > 0 } clean && double.IsFinite(row.Value))
            markup.Leaf("span", ReportNumber.Percent(row.Value / clean.Value), ("class", "k"));
    }

    /// <summary>Whether some attack was run at two budgets or more.</summary>
    public bool HasCurves => Swept(grid.Metrics.FirstOrDefault() ?? "").Any();

    /// <summary>A figure for each metric with a panel for each attack; other metrics than the first only while the panels are few.</summary>
    public void WriteCurves()
    {
        var panels = 0;
        foreach (var metric in grid.Metrics)
        {
            var attacks = Swept(metric).ToList();
            if (attacks.Count == 0 || (panels > 0 && panels + attacks.Count > MostPanels)) continue;
            panels += attacks.Count;
            var max = attacks.SelectMany(attack => grid.Models.SelectMany(model => Points(model, attack, metric))).Where(point => double.IsFinite(point.Y))
                .Select(point => point.Y + point.Spread).DefaultIfEmpty(0).Max();
            var caption = $"{metric} against ε, a panel for each attack{(grid.Of(metric).Any(row => row.Std > 0) ? "; bars are one standard deviation over seeds" : "")}. " +
                (report.LowerIsBetter.Contains(metric) ? "Less is better." : "A line that stays high is robust.");
            page.Figure(caption, attacks.Select(attack => (Action<TextWriter>)Panel(attack, metric, max).Write));
        }
    }

    private LineChart Panel(string attack, string metric, double max) => new(new("ε"), new(metric) { Max = max },
        [.. grid.Models.Select(model => new ChartSeries(model, Points(model, attack, metric), StyleOf(model))).Where(series => series.Points.Any(point => double.IsFinite(point.Y)))])
    {
        Title = attack,
        Description = string.Join(" ", grid.Models.Select(model => (Model: model, Points: Points(model, attack, metric))).Where(line => line.Points.Count > 0)
            .Select(line => $"{line.Model}: {metric} {ReportNumber.Short(line.Points[0].Y)} at ε {ReportNumber.Short(line.Points[0].X)}, {ReportNumber.Short(line.Points[^1].Y)} at ε {ReportNumber.Short(line.Points[^1].X)}.")),
    };

    /// <summary>Attacks with two budgets or more under which the metric was measured.</summary>
    private IEnumerable<string> Swept(string metric) => grid.Points
        .Where(point => !ReportGrid.IsClean(point.Attack) && ReportNumber.HasEpsilon(point.Epsilon))
        .Where(point => grid.Models.Any(model => grid.Find(model, point.Attack, point.Epsilon, metric) is not null))
        .GroupBy(point => point.Attack).Where(budgets => budgets.Count() > 1).Select(budgets => budgets.Key);

    /// <summary>A model's line: its clean value at ε 0, then the attack at each budget.</summary>
    private List<ChartPoint> Points(string model, string attack, string metric)
    {
        var rows = grid.Points.Where(point => point.Attack == attack).Select(point => grid.Find(model, attack, point.Epsilon, metric)).OfType<ReportRow>().ToList();
        var points = rows.Where(row => double.IsFinite(row.Epsilon)).Select(row => new ChartPoint(row.Epsilon, row.Value, row.Std ?? 0)).ToList();
        if (points.Count > 0 && points[0].X > 0 && grid.Clean(model, metric) is { } clean) points.Insert(0, new(0, clean.Value, clean.Std ?? 0));
        return points;
    }

    /// <summary>Paired tests.</summary>
    public void WriteComparisons()
    {
        string[][] rows = [.. report.Comparisons.Select(test => (string[])
            [$"{test.A} − {test.B}", test.Metric, test.Attack + ReportNumber.AtEpsilon(test.Epsilon), Signed(test), ReportNumber.P(test.P)])];
        page.Table("Paired tests", "The mean of the first minus the second on the same users or seeds, and the two-sided p-value.",
            new(["Difference", "Metric", "Attack", "Mean", "p"], rows, [false, false, false, true, true]));
    }

    private string Signed(ReportComparison test) =>
        (test.MeanDifference > 0 ? "+" : "") + ReportNumber.Fixed(test.MeanDifference, grid.Metrics.Contains(test.Metric) ? grid.Decimals(test.Metric) : 4);

    /// <summary>ε next to the mean norm of the rows it acts on, because a model can seem robust by growing them.</summary>
    public void WriteNorms()
    {
        var budgets = grid.Points.Where(point => !ReportGrid.IsClean(point.Attack) && ReportNumber.HasEpsilon(point.Epsilon)).Select(point => point.Epsilon).Distinct().Order().ToList();
        string[][] rows = [.. report.Norms.Select(norm => (string[])
            [norm.Model, norm.Table, ReportNumber.Short(norm.MeanRowNorm), .. budgets.Select(epsilon => norm.MeanRowNorm > 0 ? ReportNumber.Percent(epsilon / norm.MeanRowNorm) : "–")])];
        page.Table("The size of the attacks", "The mean row norm (or feature spread) of what is attacked, and each ε as a share of it. A model can seem robust only because its rows grew.",
            new(["Model", "Table", "Mean norm", .. budgets.Select(epsilon => $"ε {ReportNumber.Short(epsilon)}")], rows, [false, false, true, .. budgets.Select(_ => true)]));
    }
}

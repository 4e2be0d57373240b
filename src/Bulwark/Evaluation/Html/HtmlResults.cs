namespace Bulwark.Evaluation.Html;

/// <summary>The measured numbers as tables: one for each metric, the paired tests, and ε next to what it acts on.</summary>
internal sealed class HtmlResults(HtmlPage page, Report report, ReportGrid grid)
{
    /// <summary>A table for each metric.</summary>
    public void WriteMetrics()
    {
        foreach (var metric in grid.Metrics) WriteMetric(metric);
    }

    private void WriteMetric(string metric)
    {
        var rows = grid.Of(metric).ToList();
        var points = grid.Points.Where(point => rows.Any(row => (row.Attack, row.Epsilon) == point)).ToList();
        var models = grid.Models.Where(model => rows.Any(row => row.Model == model)).ToList();
        var lower = report.LowerIsBetter.Contains(metric);
        var kept = !lower && rows.Any(row => row is { IsClean: true, Value: > 0 }) && rows.Any(row => !row.IsClean);
        var seeds = rows.Max(row => row.Seeds ?? 1);
        string[] notes =
        [
            lower ? "Less is better." : "",
            models.Count > 1 ? "The best of each line is bold." : "",
            kept ? "In percent: what is left of the model’s own clean value." : "",
            seeds > 1 ? $"Mean ± sample standard deviation over {seeds} seeds." : "",
        ];

        bool[] numeric = [false, true, .. models.Select(_ => true)];
        page.Table(metric, string.Join(' ', notes.Where(note => note.Length > 0)), ["Attack", "ε", .. models], numeric, points.Count, (line, column) =>
        {
            var (attack, epsilon) = points[line];
            if (column == 0) WriteAttack(attack, again: line > 0 && points[line - 1].Attack == attack);
            else if (column == 1) page.Markup.Text(ReportNumber.HasEpsilon(epsilon) ? ReportNumber.Short(epsilon) : "");
            else WriteValue(grid.Find(models[column - 2], attack, epsilon, metric), kept, best: Best(rows, attack, epsilon, lower));
        });
    }

    /// <summary>The best of at least two values, NaN of fewer.</summary>
    private static double Best(List<ReportRow> rows, string attack, double epsilon, bool lower)
    {
        var values = rows.Where(row => row.Attack == attack && row.Epsilon == epsilon && double.IsFinite(row.Value)).Select(row => row.Value).ToList();
        return values.Count < 2 ? double.NaN : lower ? values.Min() : values.Max();
    }

    /// <summary>The attack's name, shown in the first of its lines and there in all of them for those who listen to the table.</summary>
    private void WriteAttack(string attack, bool again)
    {
        var name = attack.Length > 0 ? attack : ReportRow.Clean;
        if (again) page.Markup.Leaf("span", name, ("class", "again"));
        else page.Markup.Text(name);
    }

    private void WriteValue(ReportRow? row, bool kept, double best)
    {
        var markup = page.Markup;
        if (row is null)
        {
            markup.Text("–");
            return;
        }
        var decimals = grid.Decimals(row.Metric);
        markup.Leaf("span", ReportNumber.Fixed(row.Value, decimals), ("class", row.Value == best ? "best" : "v"));
        if (row.Std is { } std) markup.Leaf("span", $" ± {ReportNumber.Fixed(std, decimals)}", ("class", "sd"));
        if (kept) markup.Leaf("span", Share(row), ("class", "k"));
    }

    private string Share(ReportRow row) => !row.IsClean && double.IsFinite(row.Value) && grid.Clean(row.Model, row.Metric) is { Value: > 0 } clean
        ? ReportNumber.Percent(row.Value / clean.Value) : "";

    /// <summary>Paired tests.</summary>
    public void WriteComparisons()
    {
        string[][] rows = [.. report.Comparisons.Select(test => (string[])
            [$"{test.A} − {test.B}", test.Metric, test.Attack + ReportNumber.AtEpsilon(test.Epsilon), Signed(test), ReportNumber.P(test.P)])];
        page.Table("Paired tests", "The mean of the first minus the second on the same users or seeds, and the two-sided p-value.",
            new(["Difference", "Metric", "Attack", "Mean", "p"], rows, [false, false, false, true, true]));
    }

    private string Signed(ReportComparison test) => (test.MeanDifference > 0 ? "+" : "")
        + ReportNumber.Fixed(test.MeanDifference, grid.Metrics.Contains(test.Metric) ? grid.Decimals(test.Metric) : 4);

    /// <summary>ε next to the mean norm of the rows it acts on, because a model can seem robust by growing them.</summary>
    public void WriteNorms()
    {
        var all = report.Rows.Where(row => !row.IsClean && ReportNumber.HasEpsilon(row.Epsilon)).Select(row => row.Epsilon).Distinct().ToList();
        var budgets = report.Norms.SelectMany(norm => norm.Epsilons ?? all).Distinct().Order().ToList();
        string Share(ReportNorm norm, double epsilon) =>
            norm.MeanRowNorm > 0 && (norm.Epsilons ?? all).Contains(epsilon) ? ReportNumber.Percent(epsilon / norm.MeanRowNorm) : "–";

        string[][] rows = [.. report.Norms.Select(norm => (string[])
            [norm.Model, norm.Table, ReportNumber.Short(norm.MeanRowNorm), .. budgets.Select(epsilon => Share(norm, epsilon))])];
        page.Table("The size of the attacks",
            "The mean row norm (or feature spread) of what is attacked, and each ε as a share of it. A model can seem robust only because its rows grew.",
            new(["Model", "Table", "Mean norm", .. budgets.Select(epsilon => $"ε {ReportNumber.Short(epsilon)}")], rows,
                [false, false, true, .. budgets.Select(_ => true)]));
    }
}

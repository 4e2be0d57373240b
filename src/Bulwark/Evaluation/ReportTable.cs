using System.Globalization;

namespace Bulwark.Evaluation;

/// <summary>The rows of a report as tables. Numbers of one metric share their decimals; a spread over seeds follows as "± 0.0012".</summary>
public static class ReportTable
{
    /// <summary>One metric: a line for each attack and ε, a column for each model.</summary>
    /// <exception cref="ArgumentException">Two rows fill the same cell, or no row has the metric.</exception>
    public static Table ByAttack(IReadOnlyList<ReportRow> rows, string metric)
    {
        var grid = GridOf(rows, metric);
        return new(["attack", "ε", .. grid.Models], [.. grid.Points.Select(Line)], [false, true, .. grid.Models.Select(_ => true)]);

        string[] Line((string Attack, double Epsilon) at) =>
            [at.Attack, Epsilon(at.Epsilon), .. grid.Models.Select(model => Cell(grid, grid.Find(model, at.Attack, at.Epsilon, metric)))];
    }

    /// <summary>One metric: a line for each model, a column for each attack and ε.</summary>
    /// <exception cref="ArgumentException">Two rows fill the same cell, or no row has the metric.</exception>
    public static Table ByModel(IReadOnlyList<ReportRow> rows, string metric)
    {
        var grid = GridOf(rows, metric);
        var header = grid.Points.Select(at => $"{at.Attack} {Epsilon(at.Epsilon)}".TrimEnd());
        return new(["model", .. header], [.. grid.Models.Select(Line)], [false, .. grid.Points.Select(_ => true)]);

        string[] Line(string model) => [model, .. grid.Points.Select(at => Cell(grid, grid.Find(model, at.Attack, at.Epsilon, metric)))];
    }

    /// <summary>All metrics: a line for each model, attack and ε, a column for each metric.</summary>
    /// <exception cref="ArgumentException">Two rows fill the same cell.</exception>
    public static Table ByMetric(IReadOnlyList<ReportRow> rows)
    {
        var grid = new ReportGrid(rows);
        var lines = rows.Select(row => (row.Model, row.Attack, row.Epsilon)).Distinct();
        return new(["model", "attack", "ε", .. grid.Metrics], [.. lines.Select(Line)], [false, false, true, .. grid.Metrics.Select(_ => true)]);

        string[] Line((string Model, string Attack, double Epsilon) at) =>
            [at.Model, at.Attack, Epsilon(at.Epsilon), .. grid.Metrics.Select(metric => Cell(grid, grid.Find(at.Model, at.Attack, at.Epsilon, metric)))];
    }

    /// <summary>The rows as they are, all digits kept: what a program should read.</summary>
    public static Table Long(IReadOnlyList<ReportRow> rows) => new(
        ["model", "attack", "epsilon", "metric", "value", "std", "seeds"],
        [.. rows.Select(row => (string[])
            [row.Model, row.Attack, ReportNumber.Exact(row.Epsilon), row.Metric, ReportNumber.Exact(row.Value),
                row.Std is { } std ? ReportNumber.Exact(std) : "", row.Seeds?.ToString(CultureInfo.InvariantCulture) ?? ""])],
        [false, false, true, false, true, true, true]);

    private static ReportGrid GridOf(IReadOnlyList<ReportRow> rows, string metric)
    {
        var grid = new ReportGrid([.. rows.Where(row => row.Metric == metric)]);
        return grid.Metrics.Count > 0 ? grid : throw new ArgumentException(
            $"No row has the metric '{metric}'. There are: {string.Join(", ", rows.Select(row => row.Metric).Distinct())}.");
    }

    private static string Epsilon(double epsilon) => ReportNumber.HasEpsilon(epsilon) ? ReportNumber.Short(epsilon) : "";

    private static string Cell(ReportGrid grid, ReportRow? row)
    {
        if (row is null) return "";
        var decimals = grid.Decimals(row.Metric);
        var value = ReportNumber.Fixed(row.Value, decimals);
        return row.Std is { } std ? $"{value} ± {ReportNumber.Fixed(std, decimals)}" : value;
    }
}

namespace Bulwark.Evaluation;

/// <summary>
/// Joins reports. Runs that differ in nothing but their seeds are pooled: their rows become one mean and deviation over all seeds. Any
/// other two runs are laid side by side, and a model that both have is told apart by its run. What makes runs incomparable is said.
/// </summary>
internal static class ReportMerge
{
    private static readonly string[] NotIdentity = ["seed", "seeds", "out"];

    public static Report Of(IReadOnlyList<Report> reports)
    {
        if (reports.Count == 0) throw new ArgumentException("There is no report to merge. Name at least one run.");
        if (reports.Count == 1) return reports[0];

        var labels = Labels(reports);
        var groups = Enumerable.Range(0, reports.Count).GroupBy(run => Identity(reports[run])).Select(group => group.ToList()).ToList();
        var owners = groups.SelectMany(group => group.SelectMany(run => Models(reports[run])).Distinct()).GroupBy(model => model).ToDictionary(g => g.Key, g => g.Count());
        var group0 = new int[reports.Count];
        for (var group = 0; group < groups.Count; group++)
            foreach (var run in groups[group]) group0[run] = group;
        string Rename(int run, string model) => owners.GetValueOrDefault(model) > 1 ? $"{model} ({labels[groups[group0[run]][0]]})" : model;

        var warnings = new List<string>(Differences(reports, labels));
        for (var run = 0; run < reports.Count; run++) warnings.AddRange(reports[run].Warnings.Select(warning => $"{labels[run]}: {warning}"));
        var rows = groups.SelectMany(group => Pool(reports, group, labels, Rename, warnings)).ToList();
        var pooled = groups.Any(group => group.Count > 1);
        if (pooled && reports.Any(report => report.Comparisons.Count > 0)) warnings.Add("Runs were pooled over seeds; each paired test is that of a single run.");

        return new Report
        {
            Rows = rows,
            Title = Join(reports.Select(report => report.Title), " + "),
            Summary = [.. reports.SelectMany(report => report.Summary).Distinct()],
            Baseline = reports[0].Baseline is { } baseline ? Rename(0, baseline) : null,
            LowerIsBetter = [.. reports.SelectMany(report => report.LowerIsBetter).Distinct()],
            Protocol = Join(reports.Select(report => report.Protocol), "; "),
            DataHash = Join(reports.Select(report => report.DataHash), "; "),
            Split = Join(reports.Select(report => report.Split), "; "),
            Seeds = [.. reports.SelectMany(report => report.Seeds).Distinct().Order()],
            Settings = [.. Shared(reports, labels, report => report.Settings, s => (s.Key, s.Value), (s, label) => s with { From = $"{s.From} ({label})" })],
            Environment = [.. Shared(reports, labels, report => report.Environment, f => (f.Name, f.Value), (f, label) => f with { Name = $"{f.Name} ({label})" })],
            Started = reports.Min(report => report.Started),
            Elapsed = reports.Aggregate(TimeSpan.Zero, (sum, report) => sum + report.Elapsed),
            Norms = [.. reports.SelectMany((report, run) => report.Norms.Select(norm => norm with { Model = Rename(run, norm.Model) }))
                .GroupBy(norm => (norm.Model, norm.Table)).Select(g => g.First() with { MeanRowNorm = g.Average(norm => norm.MeanRowNorm) })],
            Warnings = warnings,
            TrainingCurves = [.. Curves(reports, labels, Rename)],
            Comparisons = [.. reports.SelectMany((report, run) => report.Comparisons.Select(test => test with { A = Rename(run, test.A), B = Rename(run, test.B) }))],
        };
    }

    /// <summary>Titles, or "run 2" where they are not unique.</summary>
    private static string[] Labels(IReadOnlyList<Report> reports) =>
        reports.Select(report => report.Title).Distinct().Count() == reports.Count
            ? [.. reports.Select(report => report.Title)] : [.. reports.Select((_, run) => $"run {run + 1}")];

    private static string Identity(Report report) => string.Join('\n', report.Settings
        .Where(setting => !NotIdentity.Contains(setting.Key)).OrderBy(setting => setting.Key, StringComparer.Ordinal)
        .Select(setting => $"{setting.Key}={setting.Value}").Prepend(report.Protocol).Prepend(report.Split).Prepend(report.DataHash));

    private static IEnumerable<string> Models(Report report) => report.Rows.Select(row => row.Model).Distinct();

    private static IEnumerable<string> Differences(IReadOnlyList<Report> reports, string[] labels)
    {
        foreach (var (what, of) in new (string, Func<Report, string>)[] { ("data", r => r.DataHash), ("splits", r => r.Split), ("protocols", r => r.Protocol) })
            if (reports.Select(of).Distinct().Count() > 1)
                yield return $"These runs have different {what}, so their numbers do not compare: " +
                    string.Join("; ", reports.Select((report, run) => $"{labels[run]} has {(of(report).Length > 0 ? of(report) : "none stated")}")) + ".";
    }

    /// <summary>The rows of runs that differ in seeds alone: seeds not seen before are pooled, a seed seen before is not counted again.</summary>
    private static IEnumerable<ReportRow> Pool(
        IReadOnlyList<Report> reports, List<int> group, string[] labels, Func<int, string, string> rename, List<string> warnings)
    {
        var cells = new Dictionary<(string, string, double, string), (ReportRow Row, HashSet<ulong> Seeds)>();
        foreach (var run in group)
        {
            var repeated = 0;
            foreach (var row in reports[run].Rows.Select(row => row with { Model = rename(run, row.Model) }))
            {
                var key = (row.Model, row.Attack, row.Epsilon, row.Metric);
                if (!cells.TryGetValue(key, out var cell)) cells[key] = (row, [.. reports[run].Seeds]);
                else if (reports[run].Seeds.Count == 0 || cell.Seeds.Overlaps(reports[run].Seeds)) repeated += cell.Row.Equals(row) ? 0 : 1;
                else cells[key] = (Pool(cell.Row, row), [.. cell.Seeds, .. reports[run].Seeds]);
            }
            if (repeated > 0)
                warnings.Add($"{labels[run]} repeats seeds or states none, yet {repeated} of its numbers differ from those before it; the earlier ones are shown.");
        }
        return cells.Values.Select(cell => cell.Row);
    }

    /// <summary>
    /// The mean m and sample deviation s of two groups together: (n−1)s² = Σᵢ (nᵢ−1)sᵢ² + nᵢ(mᵢ−m)² (Chan, Golub and LeVeque 1979).
    /// </summary>
    private static ReportRow Pool(ReportRow a, ReportRow b)
    {
        var (na, nb) = (a.Seeds ?? 1, b.Seeds ?? 1);
        var n = na + nb;
        var mean = (na * a.Value + nb * b.Value) / n;
        var known = (a.Std is not null || na == 1) && (b.Std is not null || nb == 1);
        double Within(ReportRow row, int count) => (count - 1) * (row.Std ?? 0) * (row.Std ?? 0) + count * (row.Value - mean) * (row.Value - mean);
        return a with { Value = mean, Seeds = n, Std = known ? Math.Sqrt((Within(a, na) + Within(b, nb)) / (n - 1)) : null };
    }

    private static IEnumerable<ReportCurve> Curves(IReadOnlyList<Report> reports, string[] labels, Func<int, string, string> rename)
    {
        var all = reports.SelectMany((report, run) => report.TrainingCurves.Select(curve => (Run: run, Curve: curve with { Model = rename(run, curve.Model) }))).ToList();
        var twice = all.GroupBy(entry => entry.Curve.Model).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        return all.Select(entry => twice.Contains(entry.Curve.Model) ? entry.Curve with { Model = $"{entry.Curve.Model} ({labels[entry.Run]})" } : entry.Curve);
    }

    /// <summary>Entries that all runs share once, the rest with the run's label.</summary>
    private static IEnumerable<T> Shared<T>(
        IReadOnlyList<Report> reports, string[] labels, Func<Report, IReadOnlyList<T>> of, Func<T, (string, string)> key, Func<T, string, T> mark)
    {
        var common = of(reports[0]).Select(key).ToHashSet();
        foreach (var report in reports.Skip(1)) common.IntersectWith(of(report).Select(key));
        foreach (var entry in of(reports[0]).Where(entry => common.Contains(key(entry)))) yield return entry;
        for (var run = 0; run < reports.Count; run++)
            foreach (var entry in of(reports[run]).Where(entry => !common.Contains(key(entry)))) yield return mark(entry, labels[run]);
    }

    private static string Join(IEnumerable<string> texts, string separator) => string.Join(separator, texts.Where(text => text.Length > 0).Distinct());
}

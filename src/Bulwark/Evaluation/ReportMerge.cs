namespace Bulwark.Evaluation;

/// <summary>
/// Joins reports. Runs that differ in nothing but their seeds are pooled: their rows become one mean and deviation over all seeds. Any
/// other two runs are laid side by side, and a model that both have is told apart by its run. What makes runs incomparable is said.
/// </summary>
internal sealed class ReportMerge
{
    /// <summary>Settings in which pooled runs may differ.</summary>
    private static readonly string[] Incidental = ["seed", "seeds", "out"];

    private readonly IReadOnlyList<Report> _reports;
    private readonly string[] _labels;                      // a name for each run: its title, or "run 2" where titles are not unique
    private readonly List<List<int>> _pools;                // runs that differ in seeds alone
    private readonly HashSet<string> _ambiguous;            // models that more than one pool has
    private readonly List<string> _warnings = [];

    private ReportMerge(IReadOnlyList<Report> reports)
    {
        _reports = reports;
        _labels = reports.Select(report => report.Title).Distinct().Count() == reports.Count
            ? [.. reports.Select(report => report.Title)] : [.. reports.Select((_, run) => $"run {run + 1}")];
        _pools = [.. Enumerable.Range(0, reports.Count).GroupBy(run => Identity(reports[run])).Select(pool => pool.ToList())];
        _ambiguous = [.. _pools.SelectMany(pool => pool.SelectMany(run => reports[run].Rows).Select(row => row.Model).Distinct())
            .GroupBy(model => model).Where(pools => pools.Count() > 1).Select(pools => pools.Key)];
    }

    public static Report Of(IReadOnlyList<Report> reports) => reports.Count switch
    {
        0 => throw new ArgumentException("There is no report to merge. Name at least one run."),
        1 => reports[0],
        _ => new ReportMerge(reports).Merge(),
    };

    private Report Merge()
    {
        Compare("data", report => report.DataHash);
        Compare("splits", report => report.Split);
        Compare("protocols", report => report.Protocol);
        var rows = _pools.SelectMany(Pool).ToList();
        if (_pools.Any(pool => pool.Count > 1) && _reports.Any(report => report.Comparisons.Count > 0))
            _warnings.Add("Runs were pooled over seeds; each paired test is that of a single run.");

        return new Report
        {
            Rows = rows,
            Title = Join(" + ", report => report.Title),
            Summary = [.. _reports.SelectMany(report => report.Summary).Distinct()],
            Baseline = _reports[0].Baseline is { } baseline ? Rename(0, baseline) : null,
            LowerIsBetter = [.. _reports.SelectMany(report => report.LowerIsBetter).Distinct()],
            Protocol = Join("; ", report => report.Protocol),
            DataHash = Join("; ", report => report.DataHash),
            Split = Join("; ", report => report.Split),
            Seeds = [.. _reports.SelectMany(report => report.Seeds).Distinct().Order()],
            Settings = [.. Shared(report => report.Settings, s => (s.Key, s.Value), (s, run) => s with { From = $"{s.From} ({run})" })],
            Environment = [.. Shared(report => report.Environment, f => (f.Name, f.Value), (f, run) => f with { Name = $"{f.Name} ({run})" })],
            Started = _reports.Min(report => report.Started),
            Elapsed = _reports.Aggregate(TimeSpan.Zero, (sum, report) => sum + report.Elapsed),
            Norms = [.. _reports.SelectMany((report, run) => report.Norms.Select(norm => norm with { Model = Rename(run, norm.Model) }))
                .GroupBy(norm => (norm.Model, norm.Table)).Select(same => same.First() with { MeanRowNorm = same.Average(norm => norm.MeanRowNorm) })],
            Warnings = [.. _warnings, .. _reports.SelectMany((report, run) => report.Warnings.Select(warning => $"{_labels[run]}: {warning}"))],
            TrainingCurves = [.. Told(report => report.TrainingCurves, curve => curve.Model, (curve, name) => curve with { Model = name })],
            Separations = [.. Told(report => report.Separations, curve => curve.Model, (curve, name) => curve with { Model = name })],
            Games = [.. Told(report => report.Games, game => game.Model, (game, name) => game with { Model = name })],
            Checks = [.. Told(report => report.Checks, check => check.Check, (check, name) => check with { Check = name })],
            Pictures = [.. Told(report => report.Pictures, picture => picture.Name, (picture, name) => picture with { Name = name })],
            Comparisons = [.. _reports.SelectMany((report, run) =>
                report.Comparisons.Select(test => test with { A = Rename(run, test.A), B = Rename(run, test.B) }))],
        };
    }

    private static string Identity(Report report) => string.Join('\n', report.Settings
        .Where(setting => !Incidental.Contains(setting.Key)).OrderBy(setting => setting.Key, StringComparer.Ordinal)
        .Select(setting => $"{setting.Key}={setting.Value}").Prepend(report.Protocol).Prepend(report.Split).Prepend(report.DataHash));

    /// <summary>A model's name in the merged report: pooled runs share it, others add the label of their pool's first run.</summary>
    private string Rename(int run, string model) =>
        _ambiguous.Contains(model) ? $"{model} ({_labels[_pools.First(pool => pool.Contains(run))[0]]})" : model;

    private void Compare(string what, Func<Report, string> of)
    {
        if (_reports.Select(of).Distinct().Count() == 1) return;
        var each = _reports.Select((report, run) => $"{_labels[run]} has {(of(report).Length > 0 ? of(report) : "none stated")}");
        _warnings.Add($"These runs have different {what}, so their numbers do not compare: {string.Join("; ", each)}.");
    }

    /// <summary>The rows of a pool. New seeds are counted in; a seed that was there before is not counted again.</summary>
    private IEnumerable<ReportRow> Pool(List<int> pool)
    {
        var cells = new Dictionary<(string, string, double, string), (ReportRow Row, HashSet<ulong> Seeds)>();
        foreach (var run in pool)
        {
            var seeds = _reports[run].Seeds;
            var repeated = 0;
            foreach (var row in _reports[run].Rows.Select(row => row with { Model = Rename(run, row.Model) }))
            {
                var key = (row.Model, row.Attack, row.Epsilon, row.Metric);
                if (!cells.TryGetValue(key, out var cell)) cells[key] = (row, [.. seeds]);
                else if (seeds.Count > 0 && cell.Seeds.Count > 0 && !cell.Seeds.Overlaps(seeds))
                    cells[key] = (Pool(cell.Row, row), [.. cell.Seeds, .. seeds]);
                else if (!cell.Row.Equals(row)) repeated++;
            }
            if (repeated > 0)
                _warnings.Add($"{_labels[run]} repeats seeds or states none, yet {repeated} of its numbers differ from earlier ones, which are shown.");
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
        return a with { Value = mean, Seeds = n, Std = known ? Math.Sqrt((Squares(a, na) + Squares(b, nb)) / (n - 1)) : null };

        double Squares(ReportRow row, int count) => (count - 1) * (row.Std ?? 0) * (row.Std ?? 0) + count * (row.Value - mean) * (row.Value - mean);
    }

    /// <summary>What runs tell of models, each under the model's name, with the run's label where runs tell of the same.</summary>
    private IEnumerable<T> Told<T>(Func<Report, IReadOnlyList<T>> of, Func<T, string> model, Func<T, string, T> named)
    {
        var all = _reports.SelectMany((report, run) => of(report).Select(entry => (Run: run, Model: Rename(run, model(entry)), Entry: entry)));
        return all.GroupBy(entry => entry.Model).SelectMany(same => same.Select(entry =>
            named(entry.Entry, same.Count() == 1 ? entry.Model : $"{entry.Model} ({_labels[entry.Run]})")));
    }

    /// <summary>Entries that all runs share once, the rest with the run's label.</summary>
    private IEnumerable<T> Shared<T>(Func<Report, IReadOnlyList<T>> of, Func<T, (string, string)> key, Func<T, string, T> mark)
    {
        var common = of(_reports[0]).Select(key).ToHashSet();
        foreach (var report in _reports.Skip(1)) common.IntersectWith(of(report).Select(key));
        return of(_reports[0]).Where(entry => common.Contains(key(entry)))
            .Concat(_reports.SelectMany((report, run) => of(report).Where(entry => !common.Contains(key(entry))).Select(entry => mark(entry, _labels[run]))));
    }

    private string Join(string separator, Func<Report, string> of) =>
        string.Join(separator, _reports.Select(of).Where(text => text.Length > 0).Distinct());
}

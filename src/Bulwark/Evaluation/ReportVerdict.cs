namespace Bulwark.Evaluation;

/// <summary>What the rows say, in words.</summary>
/// <param name="Sentence">The finding in one sentence.</param>
/// <param name="Qualifiers">What to know along with it: the price on clean data, the p-value, a single seed, failed checks.</param>
public sealed record ReportVerdict(string Sentence, IReadOnlyList<string> Qualifiers)
{
    /// <summary>
    /// The finding about the first metric, at the ε where most attacks were run (the middle one of several), under the attack that leaves
    /// the best defended model least.
    /// </summary>
    /// <exception cref="ArgumentException">Two rows fill the same cell, or the baseline has no row.</exception>
    public static ReportVerdict Of(Report report)
    {
        var grid = new ReportGrid(report.Rows);
        if (grid.Metrics.Count == 0) return new("Nothing was measured.", [.. Checks(report)]);
        var finding = new Finding(report, grid);
        if (finding.Baseline is null) return new(finding.CleanSentence(), [.. Checks(report)]);
        return new(finding.Sentence(), [.. finding.CleanCost(), .. finding.Significance(), .. Checks(report)]);
    }

    private static IEnumerable<string> Checks(Report report)
    {
        if (report.Rows.Count > 0 && report.Rows.All(row => row.Seeds is null or 1)) yield return "One seed: the spread between trainings is not known.";
        if (report.Warnings.Count > 0) yield return report.Warnings.Count == 1 ? "One check failed." : $"{report.Warnings.Count} checks failed.";
    }

    /// <summary>The point where models are compared and the two rows that matter there.</summary>
    private sealed class Finding
    {
        private readonly Report _report;
        private readonly ReportGrid _grid;
        private readonly string _metric;
        private readonly bool _lower;

        public Finding(Report report, ReportGrid grid)
        {
            (_report, _grid, _metric) = (report, grid, grid.Metrics[0]);
            _lower = report.LowerIsBetter.Contains(_metric);
            var baseline = report.Baseline ?? grid.Models[0];
            if (!grid.Models.Contains(baseline))
                throw new ArgumentException($"The baseline '{baseline}' has no row. Models with rows: {string.Join(", ", grid.Models)}.");

            var duels = grid.Points.Where(point => !ReportGrid.IsClean(point.Attack))
                .Select(point => (Base: grid.Find(baseline, point.Attack, point.Epsilon, _metric), Best: Best(baseline, point.Attack, point.Epsilon)))
                .Where(duel => duel.Base is { } row && double.IsFinite(row.Value)).ToList();
            if (duels.Any(duel => duel.Best is not null)) duels.RemoveAll(duel => duel.Best is null);
            if (duels.Count == 0) return;

            var budgets = duels.GroupBy(duel => duel.Base!.Epsilon).OrderBy(group => group.Key).ToList();
            var most = budgets.Max(group => group.Count());
            var fullest = budgets.Where(group => group.Count() == most).ToList();
            (Baseline, Defended) = fullest[(fullest.Count - 1) / 2].MinBy(duel => Goodness(duel.Best ?? duel.Base!));
        }

        public ReportRow? Baseline { get; }

        private ReportRow? Defended { get; }

        private double Goodness(ReportRow row) => _lower ? -row.Value : row.Value;

        private ReportRow? Best(string baseline, string attack, double epsilon) => _grid.Models.Where(model => model != baseline)
            .Select(model => _grid.Find(model, attack, epsilon, _metric)).OfType<ReportRow>().Where(row => double.IsFinite(row.Value)).MaxBy(Goodness);

        public string Sentence()
        {
            var where = $"Under {Baseline!.Attack}{ReportNumber.AtEpsilon(Baseline.Epsilon)}";
            var name = _report.Baseline is null || Baseline.Model.Contains("undefended", StringComparison.OrdinalIgnoreCase)
                ? Baseline.Model : $"{Baseline.Model}, undefended,";
            if (Defended is null) return $"{where} {Baseline.Model} {Fate(Baseline, first: true)}.";
            return Goodness(Defended) > Goodness(Baseline)
                ? $"{where} {Defended.Model} {Fate(Defended, first: true)}; {name} {Fate(Baseline, first: false)}."
                : $"{where} no model does better than {name.TrimEnd(',')}, which {Fate(Baseline, first: true)}; the next best, {Defended.Model}, {Fate(Defended, first: false)}.";
        }

        public string CleanSentence()
        {
            var best = _grid.Models.Select(model => _grid.Clean(model, _metric)).OfType<ReportRow>().Where(row => double.IsFinite(row.Value)).MaxBy(Goodness);
            if (best is null) return "No attack was run.";
            var value = ReportNumber.Fixed(best.Value, _grid.Decimals(_metric));
            return _grid.Models.Count == 1 ? $"{best.Model} reaches a {_metric} of {value}; no attack was run."
                : $"Of {_grid.Models.Count} models {best.Model} has the best {_metric}, {value}; no attack was run.";
        }

        public IEnumerable<string> CleanCost()
        {
            if (Defended is null || _grid.Clean(Defended.Model, _metric) is not { } defended || _grid.Clean(Baseline!.Model, _metric) is not { } baseline) yield break;
            if (!(baseline.Value > 0) || !double.IsFinite(defended.Value)) yield break;
            var change = defended.Value / baseline.Value - 1;
            yield return Math.Abs(change) < 0.0005 ? $"On clean data the two have the same {_metric}."
                : $"On clean data the {_metric} of {Defended.Model} is {ReportNumber.Percent(Math.Abs(change))} {(change > 0 ? "higher" : "lower")}.";
        }

        public IEnumerable<string> Significance()
        {
            if (Defended is null) yield break;
            var test = _report.Comparisons.FirstOrDefault(test => test.Metric == _metric && test.Attack == Defended.Attack && test.Epsilon == Defended.Epsilon
                && (test.A, test.B) is var pair && (pair == (Defended.Model, Baseline!.Model) || pair == (Baseline.Model, Defended.Model)));
            if (test is null) yield break;
            yield return test.P < 0.05 ? $"The difference under attack is significant ({ReportNumber.P(test.P)})."
                : $"The difference under attack is not significant ({ReportNumber.P(test.P)}).";
        }

        /// <summary>What the attack left of a model: "keeps 71% of its Recall@10 (0.0884 to 0.0628)".</summary>
        private string Fate(ReportRow attacked, bool first)
        {
            var decimals = _grid.Decimals(_metric);
            var to = ReportNumber.Fixed(attacked.Value, decimals);
            if (_grid.Clean(attacked.Model, _metric) is not { Value: > 0 } clean || !double.IsFinite(clean.Value))
                return first ? $"has a {_metric} of {to}" : $"has {to}";
            var from = ReportNumber.Fixed(clean.Value, decimals);
            var ratio = attacked.Value / clean.Value;
            return !_lower ? $"keeps {ReportNumber.Percent(ratio)}{(first ? $" of its {_metric}" : "")} ({from} to {to})"
                : $"sees {(first ? $"its {_metric}" : "it")} {(ratio >= 1 ? "rise" : "fall")} by {ReportNumber.Percent(Math.Abs(ratio - 1))} ({from} to {to})";
        }
    }
}

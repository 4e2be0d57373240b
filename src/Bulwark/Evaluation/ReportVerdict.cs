namespace Bulwark.Evaluation;

/// <summary>What the rows say, in words.</summary>
/// <param name="Sentence">The finding in one sentence.</param>
/// <param name="Qualifiers">What to know along with it: the price on clean data, the p-value, a single seed, failed checks.</param>
public sealed record ReportVerdict(string Sentence, IReadOnlyList<string> Qualifiers)
{
    /// <summary>
    /// The finding about the first metric, at the ε where most attacks were run, under the attack that leaves the best defended model least.
    /// Of several such ε those with a paired test come first, then the middle one.
    /// </summary>
    /// <exception cref="ArgumentException">Two rows fill the same cell, or the baseline has no row.</exception>
    public static ReportVerdict Of(Report report)
    {
        if (report.Rows.Count == 0) return new("Nothing was measured.", [.. Doubts(report)]);
        var words = new Words(report, new ReportGrid(report.Rows));
        return new(words.Sentence(), [.. words.CleanCost(), .. words.Significance(), .. Doubts(report)]);
    }

    private static IEnumerable<string> Doubts(Report report)
    {
        if (report.Rows.Count > 0 && report.Rows.All(row => row.Seeds is null or 1)) yield return "One seed: the spread between trainings is not known.";
        if (report.Warnings.Count == 1) yield return "There is a reason for doubt.";
        if (report.Warnings.Count > 1) yield return $"There are {report.Warnings.Count} reasons for doubt.";
    }

    /// <summary>The baseline and the best other model at the point where they are compared, and how to say what became of them.</summary>
    private sealed class Words
    {
        private readonly Report _report;
        private readonly ReportGrid _grid;
        private readonly string _metric;
        private readonly bool _lower;
        private readonly ReportRow? _baseline, _defended;

        public Words(Report report, ReportGrid grid)
        {
            (_report, _grid, _metric) = (report, grid, grid.Metrics[0]);
            _lower = report.LowerIsBetter.Contains(_metric);
            var baseline = report.Baseline ?? grid.Models[0];
            if (!grid.Models.Contains(baseline))
                throw new ArgumentException($"The baseline '{baseline}' has no row. Models with rows: {string.Join(", ", grid.Models)}.");

            var attacked = grid.Of(_metric).Where(row => !row.IsClean && double.IsFinite(row.Value)).ToList();
            var duels = attacked.Where(row => row.Model == baseline).Select(row => (Base: row,
                Best: attacked.Where(other => other.Model != baseline && other.Attack == row.Attack && other.Epsilon == row.Epsilon).MaxBy(Goodness))).ToList();
            if (duels.Any(duel => duel.Best is not null)) duels.RemoveAll(duel => duel.Best is null);
            if (duels.Count == 0) return;

            var budgets = duels.GroupBy(duel => duel.Base.Epsilon).OrderBy(budget => budget.Key).ToList();
            var most = budgets.Max(budget => budget.Count());
            budgets.RemoveAll(budget => budget.Count() < most);
            var tested = budgets.Where(budget => report.Comparisons.Any(test => test.Metric == _metric && test.Epsilon == budget.Key)).ToList();
            if (tested.Count > 0) budgets = tested;
            (_baseline, _defended) = budgets[(budgets.Count - 1) / 2].MinBy(duel => Goodness(duel.Best ?? duel.Base));
        }

        /// <summary>Three significant digits of the largest value: one less than in the tables.</summary>
        private int Decimals => Math.Max(0, _grid.Decimals(_metric) - 1);

        private double Goodness(ReportRow row) => _lower ? -row.Value : row.Value;

        public string Sentence()
        {
            if (_baseline is null) return CleanSentence();
            var where = $"Under {_baseline.Attack}{ReportNumber.AtEpsilon(_baseline.Epsilon)},";
            if (_defended is null) return $"{where} {_baseline.Model} {Fate(_baseline, full: true)}.";
            var name = _report.Baseline is null || _baseline.Model.Contains("undefended", StringComparison.OrdinalIgnoreCase)
                ? _baseline.Model : $"{_baseline.Model}, undefended,";
            return Goodness(_defended) > Goodness(_baseline)
                ? $"{where} {_defended.Model} {Fate(_defended, full: true)}; {name} {Fate(_baseline, full: false)}."
                : $"{where} no model does better than {name.TrimEnd(',')}, which {Fate(_baseline, full: true)}; " +
                    $"the next best, {_defended.Model}, {Fate(_defended, full: false)}.";
        }

        private string CleanSentence()
        {
            var best = _grid.Of(_metric).Where(row => row.IsClean && double.IsFinite(row.Value)).MaxBy(Goodness);
            if (best is null) return "No attack was run.";
            var value = ReportNumber.Fixed(best.Value, Decimals);
            return _grid.Models.Count == 1 ? $"{best.Model} reaches a {_metric} of {value}; no attack was run."
                : $"Of {_grid.Models.Count} models {best.Model} has the best {_metric}, {value}; no attack was run.";
        }

        public IEnumerable<string> CleanCost()
        {
            if (_defended is null) yield break;
            if (_grid.Clean(_defended.Model, _metric) is not { } after || _grid.Clean(_baseline!.Model, _metric) is not { } before) yield break;
            var change = after.Value / before.Value - 1;
            if (!(before.Value > 0) || !double.IsFinite(change)) yield break;
            yield return Math.Abs(change) < 0.0005 ? $"On clean data the two have the same {_metric}."
                : $"On clean data the {_metric} of {_defended.Model} is {ReportNumber.Percent(Math.Abs(change))} {(change > 0 ? "higher" : "lower")}.";
        }

        public IEnumerable<string> Significance()
        {
            if (_defended is null) yield break;
            string[] pair = [_baseline!.Model, _defended.Model];
            var test = _report.Comparisons.FirstOrDefault(test => test.Metric == _metric && test.Attack == _defended.Attack
                && test.Epsilon == _defended.Epsilon && test.A != test.B && pair.Contains(test.A) && pair.Contains(test.B));
            if (test is null) yield break;
            yield return $"The difference under attack is {(test.P < 0.05 ? "" : "not ")}significant ({ReportNumber.P(test.P)}).";
        }

        /// <summary>What the attack left of a model: "keeps 71% of its Recall@10 (0.0884 to 0.0628)".</summary>
        private string Fate(ReportRow attacked, bool full)
        {
            var to = ReportNumber.Fixed(attacked.Value, Decimals);
            if (_grid.Clean(attacked.Model, _metric) is not { Value: > 0 } clean || !double.IsFinite(clean.Value))
                return full ? $"has a {_metric} of {to}" : $"has {to}";
            var from = ReportNumber.Fixed(clean.Value, Decimals);
            var ratio = attacked.Value / clean.Value;
            if (!_lower) return $"keeps {ReportNumber.Percent(ratio)}{(full ? $" of its {_metric}" : "")} ({from} to {to})";
            return $"sees {(full ? $"its {_metric}" : "it")} {(ratio >= 1 ? "rise" : "fall")} by {ReportNumber.Percent(Math.Abs(ratio - 1))} ({from} to {to})";
        }
    }
}

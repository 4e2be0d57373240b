using System.Globalization;
using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Tuning: the course of the search, what mattered, the figure against each setting that did, and the best trials.</summary>
internal static class HtmlTuning
{
    private const int MostRows = 10, MostPanels = 6;
    private const double Matters = 0.02;                     // settings that explain less get no panel

    public static void Write(HtmlPage page, ReportTuning tuning)
    {
        var done = tuning.Trials.Where(trial => double.IsFinite(trial.Figure)).ToList();
        if (done.Count == 0) return;
        var failed = tuning.Trials.Count - done.Count;
        page.Paragraph($"{tuning.Trials.Count} trials ({tuning.Search}) were measured on validation data; the test data took no part."
            + (failed > 0 ? $" {failed} of them failed and are not drawn." : ""));
        page.Figure(
            "The course of the search, and what mattered: the share of the figure’s variance over all settings that one setting explains alone " +
            "(functional ANOVA over regression trees). What is missing to 100% belongs to settings together.",
            [Course(tuning, done).Write, Shares(tuning).Write]);
        int[] panels = [.. Enumerable.Range(0, tuning.Settings.Count).Where(s => tuning.Settings[s].Importance >= Matters)
            .OrderByDescending(s => tuning.Settings[s].Importance).Take(MostPanels)];
        if (panels.Length > 0) page.Figure("Each trial’s figure against the settings that mattered, most important first.", panels.Select(s => Against(tuning, done, s)));
        var best = tuning.Best(MostRows);
        page.Table("The best trials", $"The best {best.Rows.Length} of {tuning.Trials.Count}, those with the largest budget first.", best);
    }

    private static LineChart Course(ReportTuning tuning, List<ReportTrial> done)
    {
        var best = new List<ChartPoint>();
        foreach (var trial in done) best.Add(new(trial.Number, Math.Max(trial.Figure, best.Count > 0 ? best[^1].Y : double.NegativeInfinity)));
        return new(new("trial"), new(tuning.Metric), [.. Marks(done, trial => trial.Number), new("best so far", best, 5)])
        {
            Title = "The course of the search",
            Description = $"The best of {tuning.Trials.Count} trials has {ReportNumber.Short(best[^1].Y)}, the first {ReportNumber.Short(best[0].Y)}.",
        };
    }

    private static DotChart Shares(ReportTuning tuning)
    {
        var settings = tuning.Settings.OrderByDescending(setting => setting.Importance).ToList();
        return new([.. settings.Select(setting => setting.Key)], "share of the variance, %",
            [new("importance", [.. settings.Select((setting, row) => new ChartPoint(row, 100 * setting.Importance))], 0)])
        {
            Title = "What mattered",
            Min = 0,
            Description = string.Join(' ', settings.Select(setting => $"{setting.Key}: {ReportNumber.Percent(setting.Importance)}.")),
        };
    }

    private static Action<TextWriter> Against(ReportTuning tuning, List<ReportTrial> done, int s)
    {
        var (setting, described) = (tuning.Settings[s], $"{tuning.Metric} of each trial by {tuning.Settings[s].Key}");
        if (setting.Choices.Count == 0)
            return new LineChart(
                new(setting.Key) { Log = setting.Log }, new(tuning.Metric), [.. Marks(done, trial => double.Parse(trial.Settings[s], CultureInfo.InvariantCulture))])
            {
                Title = setting.Key,
                Description = described,
            }.Write;
        var rows = setting.Choices.Index().ToDictionary(choice => choice.Item, choice => choice.Index);
        return new DotChart(setting.Choices, tuning.Metric, [.. Marks(done, trial => rows[trial.Settings[s]])])
        {
            Title = setting.Key,
            Description = described,
        }.Write;
    }

    /// <summary>A marker for each trial, those of one budget alike.</summary>
    private static IEnumerable<ChartSeries> Marks(List<ReportTrial> done, Func<ReportTrial, double> x) =>
        done.GroupBy(trial => trial.Budget).OrderByDescending(budget => budget.Key).Select((budget, style) => new ChartSeries(
            Name(budget.Key, done), [.. budget.Select(trial => new ChartPoint(x(trial), trial.Figure))], style)
        { Joined = false });

    private static string Name(double budget, List<ReportTrial> done) =>
        done.All(trial => trial.Budget == budget) ? "trials" : $"{ReportNumber.Percent(budget)} of the epochs";
}

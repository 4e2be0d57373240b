using System.Globalization;
using Bulwark.Evaluation.Tuning;

namespace Bulwark.Evaluation;

/// <summary>How settings were chosen.</summary>
/// <param name="Search">The search's name.</param>
/// <param name="Metric">What was measured on validation, higher for better.</param>
/// <param name="Settings">What was tuned.</param>
/// <param name="Trials">What was tried, in order.</param>
public sealed record ReportTuning(string Search, string Metric, IReadOnlyList<ReportTunedSetting> Settings, IReadOnlyList<ReportTrial> Trials)
{
    /// <summary>The trials of a search with what mattered.</summary>
    /// <param name="search">The search's name.</param>
    /// <param name="metric">What was measured.</param>
    /// <param name="space">What was tuned.</param>
    /// <param name="trials">What was tried.</param>
    /// <param name="importance">A share for each dimension.</param>
    public static ReportTuning Of(string search, string metric, SearchSpace space, IReadOnlyList<Trial> trials, IReadOnlyList<double> importance) => new(
        search, metric,
        [.. space.Dimensions.Zip(importance, (dimension, share) => new ReportTunedSetting(dimension.Name, dimension.IsLog, dimension.Choices, share))],
        [.. trials.Select(trial => new ReportTrial(
            trial.Number, [.. space.Dimensions.Zip(trial.Values, (dimension, value) => dimension.Text(value))], trial.Budget, trial.Figure, trial.Epochs,
            trial.Seconds))]);

    /// <summary>The best trials, those with the largest budget first.</summary>
    public Table Best(int count)
    {
        ReportTrial[] best = [.. Trials.Where(trial => double.IsFinite(trial.Figure))
            .OrderByDescending(trial => trial.Budget).ThenByDescending(trial => trial.Figure).Take(count)];
        var decimals = ReportNumber.Decimals(best.Select(trial => trial.Figure));
        (string Name, bool Numeric, bool Shown, Func<ReportTrial, string> Cell)[] all =
        [
            ("trial", true, true, trial => Whole(trial.Number)),
            (Metric, true, true, trial => ReportNumber.Fixed(trial.Figure, decimals)),
            .. Settings.Select((setting, s) => (setting.Key, setting.Choices.Count == 0, true, (Func<ReportTrial, string>)(trial => trial.Settings[s]))),
            ("epochs", true, best.Any(trial => trial.Epochs > 0), trial => Whole(trial.Epochs)),
            ("budget", true, best.Any(trial => trial.Budget < 1), trial => ReportNumber.Percent(trial.Budget)),
            ("seconds", true, true, trial => ReportNumber.Fixed(trial.Seconds, 1)),
        ];
        var columns = all.Where(column => column.Shown).ToArray();
        return new(
            [.. columns.Select(column => column.Name)], [.. best.Select(trial => columns.Select(column => column.Cell(trial)).ToArray())],
            [.. columns.Select(column => column.Numeric)]);

        static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What mattered, most important first.</summary>
    public Table Importance() => new(
        ["setting", "importance"],
        [.. Settings.OrderByDescending(setting => setting.Importance).Select(setting => (string[])[setting.Key, ReportNumber.Percent(setting.Importance)])],
        [false, true]);
}

/// <summary>A setting that was tuned.</summary>
/// <param name="Key">Its dotted name.</param>
/// <param name="Log">Whether its scale is logarithmic.</param>
/// <param name="Choices">The words it was chosen from; empty for a number.</param>
/// <param name="Importance">The share of the figure's variance that it explains alone; see <see cref="Tuning.Importance"/>.</param>
public sealed record ReportTunedSetting(string Key, bool Log, IReadOnlyList<string> Choices, double Importance);

/// <summary>Some settings and what they were worth.</summary>
/// <param name="Number">From 1, in order.</param>
/// <param name="Settings">Their values as text, in the order of <see cref="ReportTuning.Settings"/>.</param>
/// <param name="Budget">What was spent on it, as a share of a full training.</param>
/// <param name="Figure">What it was worth on validation; NaN if it failed.</param>
/// <param name="Epochs">The epoch whose figure it is; 0 for a model without epochs.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ReportTrial(int Number, IReadOnlyList<string> Settings, double Budget, double Figure, int Epochs, double Seconds);

using Bulwark.Evaluation.Tuning;

namespace Bulwark.Evaluation;

/// <summary>What recommendations were worth beside other goals.</summary>
/// <param name="Choice">What was chosen: the weight of another goal, or settings.</param>
/// <param name="OnFront">Whether no other choice was better in one goal and at least as good in all.</param>
/// <param name="Goals">Each goal and its value, accuracy first; of all, more is better.</param>
public sealed record ReportTradeOff(string Choice, bool OnFront, IReadOnlyList<ReportGoal> Goals)
{
    /// <summary>The trials of a search that got a full training, each with its settings and what else was measured of it.</summary>
    /// <param name="space">What was tuned.</param>
    /// <param name="trials">What was tried.</param>
    public static IReadOnlyList<ReportTradeOff> Of(SearchSpace space, IReadOnlyList<Trial> trials)
    {
        Trial[] full = [.. trials.Where(trial => trial is { State: TrialState.Done, Budget: 1, Goals.Count: > 0 })];
        var front = ParetoFront.Of([.. full.Select(trial => trial.Goals.Select(goal => goal.Value).ToArray())]);
        return [.. full.Select((trial, n) => new ReportTradeOff(
            string.Join(", ", space.Dimensions.Zip(trial.Values, (dimension, value) => $"{dimension.Name} {dimension.Text(value)}")), front[n], trial.Goals))];
    }

    /// <summary>A line for each choice and a column for each goal.</summary>
    public static Table Table(IReadOnlyList<ReportTradeOff> offs) => new(
        ["choice", .. offs[0].Goals.Select(goal => goal.Name), "front"],
        [.. offs.Select(off => (string[])[off.Choice, .. off.Goals.Select(goal => ReportNumber.Short(goal.Value)), off.OnFront ? "yes" : "no"])],
        [false, .. offs[0].Goals.Select(_ => true), false]);
}

/// <summary>A goal and its value.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Value">Its value.</param>
public sealed record ReportGoal(string Name, double Value);

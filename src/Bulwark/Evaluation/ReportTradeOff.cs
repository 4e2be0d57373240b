namespace Bulwark.Evaluation;

/// <summary>What recommendations were worth where another goal had this weight.</summary>
/// <param name="Weight">The weight of the other goal.</param>
/// <param name="OnFront">Whether no other weight was better in one goal and at least as good in all.</param>
/// <param name="Goals">Each goal and its value, accuracy first; of all, more is better.</param>
public sealed record ReportTradeOff(double Weight, bool OnFront, IReadOnlyList<ReportGoal> Goals)
{
    /// <summary>A line for each weight and a column for each goal.</summary>
    public static Table Table(IReadOnlyList<ReportTradeOff> offs) => new(
        ["weight", .. offs[0].Goals.Select(goal => goal.Name), "front"],
        [.. offs.Select(off => (string[])[ReportNumber.Short(off.Weight), .. off.Goals.Select(goal => ReportNumber.Short(goal.Value)), off.OnFront ? "yes" : "no"])],
        [true, .. offs[0].Goals.Select(_ => true), false]);
}

/// <summary>A goal and its value.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Value">Its value.</param>
public sealed record ReportGoal(string Name, double Value);

namespace Bulwark.Evaluation;

/// <summary>A figure of one group of users or items, without and under an attack.</summary>
/// <param name="By">What is grouped, and by what: "users by activity".</param>
/// <param name="Group">The group's name; the id of one that is named.</param>
/// <param name="Count">Of how many users or pairs it is the mean.</param>
/// <param name="Metric">The figure.</param>
/// <param name="Clean">Its value without an attack.</param>
/// <param name="Attacked">Its value under the attack; null where nothing was attacked.</param>
public sealed record ReportGroup(string By, string Group, int Count, string Metric, double Clean, double? Attacked = null)
{
    /// <summary>A line for each group.</summary>
    public static Table Table(IReadOnlyList<ReportGroup> groups)
    {
        var attacked = groups.Any(group => group.Attacked is not null);
        return new(
            ["by", "group", "of", "metric", .. attacked ? (string[])["clean", "attacked"] : ["value"]],
            [.. groups.Select(group => (string[])
                [group.By, group.Group, ReportNumber.Exact(group.Count), group.Metric, ReportNumber.Short(group.Clean), .. attacked ? [Attack(group)] : (string[])[]])],
            [false, false, true, false, true, .. attacked ? [true] : (bool[])[]]);
    }

    private static string Attack(ReportGroup group) => group.Attacked is { } value ? ReportNumber.Short(value) : "";
}

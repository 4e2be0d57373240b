using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Accuracy against each other goal: a dot for each choice, and the front, which no other beats.</summary>
internal static class HtmlTradeOffs
{
    public static void Write(HtmlPage page, Report report)
    {
        var offs = report.TradeOffs;
        var accuracy = offs[0].Goals[0].Name;
        page.Figure(
            $"{accuracy} against each other goal. Choices on the front are those that no other beats in one goal without losing in another.",
            Enumerable.Range(1, offs[0].Goals.Count - 1).Select(goal => (Action<TextWriter>)Chart(goal).Write));
        page.Table("Every choice", "Of all goals, more is better.", ReportTradeOff.Table(offs));

        LineChart Chart(int goal) => new(
            new(accuracy), new(offs[0].Goals[goal].Name), [.. new[] { Series("front", goal, true, 0), Series("beaten", goal, false, 1) }.Where(line => line.Points.Count > 0)])
        {
            Title = offs[0].Goals[goal].Name,
            Description = $"{offs.Count} choices, from {offs[0].Choice} to {offs[^1].Choice}; the numbers are in the table.",
        };

        ChartSeries Series(string name, int goal, bool front, int style) => new(
            name, [.. offs.Where(off => off.OnFront == front).Select(off => new ChartPoint(off.Goals[0].Value, off.Goals[goal].Value)).OrderBy(point => point.X)], style);
    }
}

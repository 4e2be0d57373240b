namespace Bulwark.Evaluation.Charts;

/// <summary>The rectangle that data are drawn in, and what stands around it: title, axis labels, ticks.</summary>
internal sealed record ChartFrame(double Left, double Top, double Right, double Bottom)
{
    public const double FontSize = 12, TickGap = 6, LineHeight = 16;

    /// <summary>How wide text is drawn.</summary>
    public static double WidthOf(string text) => TextWidth.Ems(text) * FontSize;

    /// <summary>The room that the labels of a vertical axis take at its left.</summary>
    public static double LabelWidth(ChartScale scale) => scale.Ticks.Max(tick => WidthOf(scale.Label(tick))) + TickGap;

    /// <summary>The chart in words: its title and description, or else what it measures.</summary>
    public static string Describe(string title, string description, string otherwise) =>
        string.Join(". ", new[] { title, description }.Where(text => text.Length > 0)) is { Length: > 0 } text ? text : otherwise;

    /// <summary>A point in words: "APR: 0.0628 ± 0.0012 at 0.5".</summary>
    public static string PointTitle(string series, ChartPoint point, string at) =>
        $"{series}: {ReportNumber.Short(point.Y)}{(point.Spread > 0 ? $" ± {ReportNumber.Short(point.Spread)}" : "")} at {at}";

    /// <summary>How far down the heading reaches.</summary>
    public static double HeadingHeight(string title, string label) => 6 + (title.Length > 0 ? LineHeight + 1 : 0) + (label.Length > 0 ? LineHeight : 0);

    /// <summary>How far below the plot the drawing reaches.</summary>
    public static double FootHeight(string label) => label.Length > 0 ? 42 : 24;

    /// <summary>Title and the label of the vertical axis, one below the other at the left edge: horizontal text reads best.</summary>
    public static void WriteHeading(Markup svg, string title, string label)
    {
        var y = 12.0;
        if (title.Length > 0)
        {
            svg.Label("title", 0, y, "start", title);
            y += LineHeight + 1;
        }
        if (label.Length > 0) svg.Label("muted", 0, y, "start", label);
    }

    /// <summary>Grid lines and labels of the vertical axis.</summary>
    public void WriteVertical(Markup svg, ChartScale scale)
    {
        foreach (var tick in scale.Ticks)
        {
            var y = scale.Map(tick);
            svg.Path("grid", $"M{Left} {y}H{Right}");
            svg.Label("muted", Left - TickGap, y + 4, "end", scale.Label(tick));
        }
    }

    /// <summary>The base line, its marks and their labels (every second or third when they would touch), and what they measure.</summary>
    public void WriteHorizontal(Markup svg, IReadOnlyList<(double X, string Label)> marks, string label)
    {
        svg.Path("axis", $"M{Left} {Bottom}H{Right}");
        var widest = marks.Max(mark => WidthOf(mark.Label)) + 8;
        var stride = marks.Count > 1 ? Math.Max(1, (int)Math.Ceiling(widest / marks.Zip(marks.Skip(1), (a, b) => b.X - a.X).Min())) : 1;
        for (var i = 0; i < marks.Count; i += stride)
        {
            svg.Path("axis", $"M{marks[i].X} {Bottom}v4");
            svg.Label("muted", marks[i].X, Bottom + 17, "middle", marks[i].Label);
        }
        if (label.Length > 0) svg.Label("muted", (Left + Right) / 2, Bottom + 34, "middle", label);
    }

    /// <summary>The same, with a scale's ticks.</summary>
    public void WriteHorizontal(Markup svg, ChartScale scale, string label) =>
        WriteHorizontal(svg, [.. scale.Ticks.Select(tick => (scale.Map(tick), scale.Label(tick)))], label);
}

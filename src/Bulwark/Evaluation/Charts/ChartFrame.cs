namespace Bulwark.Evaluation.Charts;

/// <summary>The rectangle that data are drawn in, and what stands around it: title, axis labels, ticks.</summary>
internal sealed record ChartFrame(double Left, double Top, double Right, double Bottom)
{
    public const double FontSize = 12, TickGap = 6, LineHeight = 16;

    /// <summary>Title and the label of the vertical axis, one below the other at the left edge: horizontal text reads best.</summary>
    public static void WriteHeading(Markup svg, string title, string label)
    {
        var y = 12.0;
        if (title.Length > 0)
        {
            svg.Leaf("text", title, ("class", "title"), ("x", 0), ("y", y));
            y += LineHeight + 1;
        }
        if (label.Length > 0) svg.Leaf("text", label, ("class", "muted"), ("x", 0), ("y", y));
    }

    /// <summary>How far down the heading reaches.</summary>
    public static double HeadingHeight(string title, string label) => 6 + (title.Length > 0 ? LineHeight + 1 : 0) + (label.Length > 0 ? LineHeight : 0);

    /// <summary>Grid lines and labels of the vertical axis.</summary>
    public void WriteVertical(Markup svg, ChartScale scale)
    {
        foreach (var tick in scale.Ticks)
        {
            var y = scale.Map(tick);
            svg.Void("path", ("class", "grid"), ("d", $"M{Markup.Number(Left)} {Markup.Number(y)}H{Markup.Number(Right)}"));
            svg.Leaf("text", scale.Label(tick), ("class", "muted"), ("x", Left - TickGap), ("y", y + 4), ("text-anchor", "end"));
        }
    }

    /// <summary>The base line, its marks and their labels (those that would touch the one before are left out), and what they measure.</summary>
    public void WriteHorizontal(Markup svg, IEnumerable<(double X, string Label)> ticks, string label)
    {
        svg.Void("path", ("class", "axis"), ("d", $"M{Markup.Number(Left)} {Markup.Number(Bottom)}H{Markup.Number(Right)}"));
        var free = double.NegativeInfinity;
        foreach (var (x, text) in ticks)
        {
            var half = TextWidth.Ems(text) * FontSize / 2;
            if (x - half < free) continue;
            free = x + half + 6;
            svg.Void("path", ("class", "axis"), ("d", $"M{Markup.Number(x)} {Markup.Number(Bottom)}v4"));
            svg.Leaf("text", text, ("class", "muted"), ("x", x), ("y", Bottom + 17), ("text-anchor", "middle"));
        }
        if (label.Length > 0) svg.Leaf("text", label, ("class", "muted"), ("x", (Left + Right) / 2), ("y", Bottom + 34), ("text-anchor", "middle"));
    }

    /// <summary>The room that the labels of a vertical axis take at its left.</summary>
    public static double LabelWidth(ChartScale scale) => scale.Ticks.Max(tick => TextWidth.Ems(scale.Label(tick))) * FontSize + TickGap;
}

namespace Bulwark.Evaluation.Charts;

/// <summary>Upright bars in SVG: a histogram or a few categories. Values are not negative; bars start at 0.</summary>
/// <param name="Label">What the bars are counted by, below them.</param>
/// <param name="ValueLabel">What their height measures.</param>
/// <param name="Bars">The bars from left to right.</param>
public sealed record BarChart(string Label, string ValueLabel, IReadOnlyList<(string Name, double Value)> Bars)
{
    /// <summary>A heading above the plot.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The width of the drawing in pixels at its natural size.</summary>
    public int Width { get; init; } = 400;

    /// <summary>The height of the plot, without titles and labels.</summary>
    public int PlotHeight { get; init; } = 180;

    /// <summary>Writes the svg element.</summary>
    /// <exception cref="InvalidOperationException">There is no bar.</exception>
    public void Write(TextWriter writer)
    {
        if (Bars.Count == 0) throw new InvalidOperationException("The chart has no bar to draw. Leave it out.");
        var top = ChartFrame.HeadingHeight(Title, ValueLabel) + 8;
        var y = ChartScale.Linear(0, Bars.Max(bar => bar.Value), top + PlotHeight, top);
        var frame = new ChartFrame(ChartFrame.LabelWidth(y), top, Width - 12, top + PlotHeight);
        var step = (frame.Right - frame.Left) / Bars.Count;
        var width = Math.Min(step - Math.Min(2, step / 5), 48);
        double Center(int bar) => frame.Left + (bar + 0.5) * step;

        var svg = new Markup(writer);
        using (svg.Drawing(Width, frame.Bottom + ChartFrame.FootHeight(Label), ChartFrame.Describe(Title, Description, $"{ValueLabel} by {Label}")))
        {
            ChartFrame.WriteHeading(svg, Title, ValueLabel);
            frame.WriteVertical(svg, y);
            using (svg.Element("g", ("class", ChartStyle.Class(0))))
                for (var i = 0; i < Bars.Count; i++)
                {
                    var at = y.Map(Bars[i].Value);
                    using var bar = svg.Element("rect",
                        ("class", "bar"), ("x", Center(i) - width / 2), ("y", at), ("width", width), ("height", frame.Bottom - at));
                    svg.Leaf("title", $"{Bars[i].Name}: {ReportNumber.Short(Bars[i].Value)}");
                }
            frame.WriteHorizontal(svg, [.. Bars.Select((bar, i) => (Center(i), bar.Name))], Label);
        }
    }
}

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
    public int Width { get; init; } = 440;

    /// <summary>The height of the plot, without titles and labels.</summary>
    public int PlotHeight { get; init; } = 190;

    /// <summary>Writes the svg element.</summary>
    /// <exception cref="InvalidOperationException">There is no bar.</exception>
    public void Write(TextWriter writer)
    {
        if (Bars.Count == 0) throw new InvalidOperationException("The chart has no bar to draw. Leave it out.");
        var top = ChartFrame.HeadingHeight(Title, ValueLabel) + 8;
        var bottom = top + PlotHeight;
        var y = ChartScale.Linear(0, Bars.Max(bar => bar.Value), bottom, top);
        var frame = new ChartFrame(ChartFrame.LabelWidth(y), top, Width - 4, bottom);
        var step = (frame.Right - frame.Left) / Bars.Count;
        var width = Math.Min(step - Math.Min(2, step / 5), 48);
        double Center(int bar) => frame.Left + (bar + 0.5) * step;

        var svg = new Markup(writer);
        var height = bottom + (Label.Length > 0 ? 42 : 24);
        var label = string.Join(". ", new[] { Title, Description }.Where(text => text.Length > 0)) is { Length: > 0 } text ? text : $"{ValueLabel} by {Label}";
        using (svg.Element("svg", ("class", "chart"), ("viewBox", $"0 0 {Width} {Markup.Number(height)}"), ("role", "img"), ("aria-label", label)))
        {
            ChartFrame.WriteHeading(svg, Title, ValueLabel);
            frame.WriteVertical(svg, y);
            using (svg.Element("g", ("class", ChartStyle.Class(0))))
                for (var i = 0; i < Bars.Count; i++)
                    using (svg.Element("rect", ("class", "bar"), ("x", Center(i) - width / 2), ("y", y.Map(Bars[i].Value)), ("width", width), ("height", bottom - y.Map(Bars[i].Value))))
                        svg.Leaf("title", $"{Bars[i].Name}: {ReportNumber.Short(Bars[i].Value)}");
            frame.WriteHorizontal(svg, Bars.Select((bar, i) => (Center(i), bar.Name)), Label);
        }
    }
}

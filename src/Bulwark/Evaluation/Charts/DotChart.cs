namespace Bulwark.Evaluation.Charts;

/// <summary>A dot plot in SVG (Cleveland 1984): a line for each category, and on it a marker for each series at its value.</summary>
/// <param name="Categories">The lines from top to bottom.</param>
/// <param name="ValueLabel">What the horizontal axis measures; it starts at 0 unless the values lie close together far from it.</param>
/// <param name="Series">The markers: X is the index of a category, Y the value.</param>
public sealed record DotChart(IReadOnlyList<string> Categories, string ValueLabel, IReadOnlyList<ChartSeries> Series)
{
    private const double RowHeight = 26;

    /// <summary>A heading above the plot.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The least value to make room for; by the values when not given.</summary>
    public double? Min { get; init; }

    /// <summary>The width of the drawing in pixels at its natural size.</summary>
    public int Width { get; init; } = 400;

    /// <summary>Writes the svg element.</summary>
    /// <exception cref="InvalidOperationException">No series has a finite value.</exception>
    public void Write(TextWriter writer)
    {
        if (!Series.Any(series => series.Points.Any(Drawable))) throw new InvalidOperationException("The chart has no point to draw. Leave it out.");
        var legend = new ChartLegend(Series.Count > 1 ? Series : [], Width, lines: false);
        var heading = ChartFrame.HeadingHeight(Title, "");
        var top = heading + legend.Height + 8;
        var left = Categories.Max(ChartFrame.WidthOf) + 10;
        var frame = new ChartFrame(left, top, Width - 12, top + Categories.Count * RowHeight);
        var x = Scale(frame);

        var svg = new Markup(writer);
        using (svg.Drawing(Width, frame.Bottom + ChartFrame.FootHeight(ValueLabel), ChartFrame.Describe(Title, Description, ValueLabel)))
        {
            ChartFrame.WriteHeading(svg, Title, "");
            legend.Write(svg, heading);
            for (var row = 0; row < Categories.Count; row++)
            {
                svg.Path("grid", $"M{frame.Left} {Center(frame, row)}H{frame.Right}");
                svg.Label("name", frame.Left - 10, Center(frame, row) + 4, "end", Categories[row]);
            }
            foreach (var series in Series) WriteSeries(svg, series, x, frame);
            frame.WriteHorizontal(svg, x, ValueLabel);
        }
    }

    private static bool Drawable(ChartPoint point) => double.IsFinite(point.Y);

    private static double Center(ChartFrame frame, double row) => frame.Top + (row + 0.5) * RowHeight;

    private ChartScale Scale(ChartFrame frame)
    {
        var points = Series.SelectMany(series => series.Points).Where(Drawable).ToList();
        var (min, max) = (points.Min(point => point.Y - point.Spread), points.Max(point => point.Y + point.Spread));
        min = Math.Min(min, Min ?? (points.Min(point => point.Y) >= 0 && min < 0.6 * max ? 0 : min));
        return ChartScale.Linear(min, max, frame.Left, frame.Right);
    }

    private void WriteSeries(Markup svg, ChartSeries series, ChartScale x, ChartFrame frame)
    {
        using var group = svg.Element("g", ("class", ChartStyle.Class(series.Style)));
        foreach (var point in series.Points.Where(Drawable))
        {
            var y = Center(frame, point.X);
            if (point.Spread > 0) svg.Path("error", $"M{x.Map(Math.Max(point.Y - point.Spread, x.Min))} {y}H{x.Map(point.Y + point.Spread)}");
            ChartLegend.WriteMarker(svg, series.Style, x.Map(point.Y), y, ChartFrame.PointTitle(series.Name, point, Categories[(int)point.X]));
        }
    }
}

using System.Text;

namespace Bulwark.Evaluation.Charts;

/// <summary>
/// Lines in SVG. Names stand at the lines' ends when they fit there and all lines end together, else in rows above the plot. Text, axes
/// and lines take their colors from the page (<see cref="ChartStyle"/>).
/// </summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis; a linear one starts at 0 unless the values lie close together far from it.</param>
/// <param name="Series">The lines.</param>
public sealed record LineChart(ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series)
{
    private const double LabelGap = 14, Swatch = 26;
    private const int MarkedPoints = 12;

    /// <summary>A heading above the plot.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The width of the drawing in pixels at its natural size.</summary>
    public int Width { get; init; } = 440;

    /// <summary>The height of the plot, without titles and labels.</summary>
    public int PlotHeight { get; init; } = 190;

    /// <summary>Writes the svg element.</summary>
    /// <exception cref="InvalidOperationException">No series has a point that can be drawn.</exception>
    public void Write(TextWriter writer)
    {
        var lines = Series.Where(series => series.Points.Any(Drawable)).ToList();
        if (lines.Count == 0) throw new InvalidOperationException("The chart has no point to draw. Leave it out.");
        var direct = lines.Count > 1 && NamesFitAtEnds(lines);
        var legend = lines.Count > 1 && !direct ? LegendRows(lines) : [];

        var top = ChartFrame.HeadingHeight(Title, Y.Label) + legend.Count * ChartFrame.LineHeight + 8;
        var bottom = top + PlotHeight;
        var y = VerticalScale(lines, top, bottom);
        var frame = new ChartFrame(ChartFrame.LabelWidth(y), top, Width - (direct ? EndWidth(lines) : 12), bottom);
        var x = HorizontalScale(lines, frame);

        var svg = new Markup(writer);
        var height = bottom + (X.Label.Length > 0 ? 42 : 24);
        using (svg.Element("svg", ("class", "chart"), ("viewBox", $"0 0 {Width} {Markup.Number(height)}"), ("role", "img"), ("aria-label", Label())))
        {
            ChartFrame.WriteHeading(svg, Title, Y.Label);
            WriteLegend(svg, legend);
            frame.WriteVertical(svg, y);
            frame.WriteHorizontal(svg, x.Ticks.Select(tick => (x.Map(tick), x.Label(tick))), X.Label);
            foreach (var line in lines)
                using (svg.Element("g", ("class", ChartStyle.Class(line.Style)))) WriteLine(svg, line, x, y);
            if (direct) WriteEnds(svg, lines, x, y, frame);
        }
    }

    private string Label() => string.Join(". ", new[] { Title, Description }.Where(text => text.Length > 0)) is { Length: > 0 } text
        ? text : $"{Y.Label} against {X.Label}";

    private bool Drawable(ChartPoint point) =>
        double.IsFinite(point.X) && double.IsFinite(point.Y) && (!X.Log || point.X > 0) && (!Y.Log || point.Y > 0);

    private ChartPoint Last(ChartSeries line) => line.Points.Last(Drawable);

    private ChartScale VerticalScale(List<ChartSeries> lines, double top, double bottom)
    {
        var points = lines.SelectMany(line => line.Points).Where(Drawable).ToList();
        var max = Math.Max(Y.Max ?? double.MinValue, points.Max(point => point.Y + point.Spread));
        if (Y.Log) return ChartScale.Log(Math.Min(Y.Min ?? double.MaxValue, points.Min(point => point.Y)), max, bottom, top);
        var min = Math.Min(Y.Min ?? double.MaxValue, points.Min(point => point.Y - point.Spread));
        if (Y.Min is null && min > 0 && min < 0.6 * max) min = 0;
        return ChartScale.Linear(points.Min(point => point.Y) >= 0 ? Math.Max(min, 0) : min, max, bottom, top);
    }

    private ChartScale HorizontalScale(List<ChartSeries> lines, ChartFrame frame)
    {
        var points = lines.SelectMany(line => line.Points).Where(Drawable).ToList();
        var (min, max) = (X.Min ?? points.Min(point => point.X), X.Max ?? points.Max(point => point.X));
        return X.Log ? ChartScale.Log(min, max, frame.Left, frame.Right) : ChartScale.Linear(min, max, frame.Left, frame.Right, round: false);
    }

    private static double NameWidth(ChartSeries line) => TextWidth.Ems(line.Name) * ChartFrame.FontSize;

    private static double EndWidth(List<ChartSeries> lines) => lines.Max(NameWidth) + 20;

    private bool NamesFitAtEnds(List<ChartSeries> lines)
    {
        var ends = lines.Select(line => Last(line).X).ToList();
        return EndWidth(lines) <= 0.34 * Width && lines.Count * LabelGap <= PlotHeight && ends.Min() == ends.Max();
    }

    private List<List<(ChartSeries Line, double X)>> LegendRows(List<ChartSeries> lines)
    {
        var rows = new List<List<(ChartSeries, double)>> { new() };
        var x = 0.0;
        foreach (var line in lines)
        {
            var width = Swatch + 6 + NameWidth(line);
            if (x > 0 && x + width > Width)
            {
                rows.Add([]);
                x = 0;
            }
            rows[^1].Add((line, x));
            x += width + 16;
        }
        return rows;
    }

    private void WriteLegend(Markup svg, List<List<(ChartSeries Line, double X)>> rows)
    {
        var y = ChartFrame.HeadingHeight(Title, Y.Label) + 8;
        foreach (var row in rows)
        {
            foreach (var (line, x) in row)
                using (svg.Element("g", ("class", ChartStyle.Class(line.Style))))
                {
                    svg.Void("path", ("class", "line"), ("stroke-dasharray", ChartStyle.Dash(line.Style)), ("d", $"M{Markup.Number(x)} {Markup.Number(y)}h{Swatch}"));
                    WriteMarker(svg, line, x + Swatch / 2, y, "");
                    svg.Leaf("text", line.Name, ("x", x + Swatch + 6), ("y", y + 4));
                }
            y += ChartFrame.LineHeight;
        }
    }

    private void WriteLine(Markup svg, ChartSeries line, ChartScale x, ChartScale y)
    {
        var few = line.Points.Count <= MarkedPoints;
        if (line.Points.Any(point => Drawable(point) && point.Spread > 0))
        {
            if (few) WriteBars(svg, line, x, y);
            else WriteBand(svg, line, x, y);
        }
        var path = new StringBuilder();
        var broken = true;
        foreach (var point in line.Points)
        {
            if (Drawable(point)) path.Append(broken ? 'M' : 'L').Append(Markup.Number(x.Map(point.X))).Append(' ').Append(Markup.Number(y.Map(point.Y)));
            broken = !Drawable(point);
        }
        svg.Void("path", ("class", "line"), ("stroke-dasharray", ChartStyle.Dash(line.Style)), ("d", path));

        var stride = few ? 1 : line.Points.Count / 8;                   // enough markers to tell lines apart, not one a point
        for (var i = few ? 0 : (stride + line.Style * stride / 4) % stride; i < line.Points.Count; i += stride)
            if (line.Points[i] is var point && Drawable(point))
                WriteMarker(svg, line, x.Map(point.X), y.Map(point.Y), $"{line.Name}: {ReportNumber.Short(point.Y)}" +
                    (point.Spread > 0 ? $" ± {ReportNumber.Short(point.Spread)}" : "") + $" at {ReportNumber.Short(point.X)}");
    }

    private static void WriteMarker(Markup svg, ChartSeries line, double x, double y, string title)
    {
        using (svg.Element("path", ("class", "mark"), ("transform", $"translate({Markup.Number(x)} {Markup.Number(y)})"), ("d", ChartStyle.Marker(line.Style))))
            if (title.Length > 0) svg.Leaf("title", title);
    }

    private void WriteBars(Markup svg, ChartSeries line, ChartScale x, ChartScale y)
    {
        var path = new StringBuilder();
        foreach (var point in line.Points.Where(point => Drawable(point) && point.Spread > 0))
        {
            var (low, high) = Reach(point, y);
            var at = x.Map(point.X);
            path.Append($"M{Markup.Number(at - 3)} {Markup.Number(low)}h6m-3 0V{Markup.Number(high)}m-3 0h6");
        }
        svg.Void("path", ("class", "error"), ("d", path));
    }

    private void WriteBand(Markup svg, ChartSeries line, ChartScale x, ChartScale y)
    {
        var points = line.Points.Where(Drawable).ToList();
        var edge = points.Select(point => (X: x.Map(point.X), Y: Reach(point, y).High))
            .Concat(points.AsEnumerable().Reverse().Select(point => (X: x.Map(point.X), Y: Reach(point, y).Low)));
        svg.Void("path", ("class", "band"), ("d", "M" + string.Join('L', edge.Select(at => $"{Markup.Number(at.X)} {Markup.Number(at.Y)}")) + "z"));
    }

    private static (double Low, double High) Reach(ChartPoint point, ChartScale y) =>
        (y.Map(Math.Max(point.Y - point.Spread, y.Min)), y.Map(Math.Min(point.Y + point.Spread, y.Max)));

    private void WriteEnds(Markup svg, List<ChartSeries> lines, ChartScale x, ChartScale y, ChartFrame frame)
    {
        var wishes = lines.Select(line => y.Map(Last(line).Y)).ToList();
        var places = ChartLabels.Spread(wishes, LabelGap, frame.Top, frame.Bottom);
        for (var i = 0; i < lines.Count; i++)
            using (svg.Element("g", ("class", ChartStyle.Class(lines[i].Style))))
            {
                if (Math.Abs(places[i] - wishes[i]) > 2)
                    svg.Void("path", ("class", "lead"), ("d", $"M{Markup.Number(x.Map(Last(lines[i]).X) + 5)} {Markup.Number(wishes[i])}L{Markup.Number(frame.Right + 13)} {Markup.Number(places[i])}"));
                svg.Leaf("text", lines[i].Name, ("x", frame.Right + 16), ("y", places[i] + 4));
            }
    }
}

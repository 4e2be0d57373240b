namespace Bulwark.Evaluation.Charts;

/// <summary>
/// Lines in SVG. Names stand at the lines' ends when they fit there and all lines end together, else in rows above the plot. Spread is
/// drawn as bars on a few points and as a band on many. Text, axes and lines take their colors from the page (<see cref="ChartStyle"/>).
/// </summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis; a linear one starts at 0 unless the values lie close together far from it.</param>
/// <param name="Series">The lines.</param>
public sealed record LineChart(ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series)
{
    private const double NameGap = 14;
    private const int FewPoints = 12;

    /// <summary>A heading above the plot.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the chart shows, for those who do not see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The width of the drawing in pixels at its natural size.</summary>
    public int Width { get; init; } = 400;

    /// <summary>The height of the plot, without titles and labels.</summary>
    public int PlotHeight { get; init; } = 180;

    /// <summary>Writes the svg element.</summary>
    /// <exception cref="InvalidOperationException">No series has a point that can be drawn.</exception>
    public void Write(TextWriter writer)
    {
        var lines = Series.Where(line => line.Points.Any(Drawable)).ToList();
        if (lines.Count == 0) throw new InvalidOperationException("The chart has no point to draw. Leave it out.");
        var points = lines.SelectMany(line => line.Points).Where(Drawable).ToList();
        var direct = lines.Count > 1 && NamesFitAtEnds(lines);
        var legend = new ChartLegend(lines.Count > 1 && !direct ? lines : [], Width, lines: true);

        var heading = ChartFrame.HeadingHeight(Title, Y.Label);
        var top = heading + legend.Height + 8;
        var y = VerticalScale(points, top, top + PlotHeight);
        var frame = new ChartFrame(ChartFrame.LabelWidth(y), top, Width - (direct ? NamesWidth(lines) : 12), top + PlotHeight);
        var x = HorizontalScale(points, frame);

        var svg = new Markup(writer);
        using (svg.Drawing(Width, frame.Bottom + ChartFrame.FootHeight(X.Label), ChartFrame.Describe(Title, Description, $"{Y.Label} against {X.Label}")))
        {
            ChartFrame.WriteHeading(svg, Title, Y.Label);
            legend.Write(svg, heading);
            frame.WriteVertical(svg, y);
            frame.WriteHorizontal(svg, x, X.Label);
            foreach (var line in lines) WriteLine(svg, line, x, y);
            if (direct) WriteNames(svg, lines, x, y, frame);
        }
    }

    private bool Drawable(ChartPoint point) =>
        double.IsFinite(point.X) && double.IsFinite(point.Y) && (!X.Log || point.X > 0) && (!Y.Log || point.Y > 0);

    private ChartPoint Last(ChartSeries line) => line.Points.Last(Drawable);

    private ChartScale VerticalScale(List<ChartPoint> points, double top, double bottom)
    {
        var lowest = points.Min(point => point.Y);
        var max = Math.Max(Y.Max ?? double.MinValue, points.Max(point => point.Y + point.Spread));
        if (Y.Log) return ChartScale.Log(Math.Min(Y.Min ?? lowest, lowest), max, bottom, top);
        var min = Math.Min(Y.Min ?? double.MaxValue, points.Min(point => point.Y - point.Spread));
        if (lowest >= 0) min = Y.Min is null && min < 0.6 * max ? 0 : Math.Max(min, 0);
        return ChartScale.Linear(min, max, bottom, top);
    }

    private ChartScale HorizontalScale(List<ChartPoint> points, ChartFrame frame)
    {
        var (min, max) = (X.Min ?? points.Min(point => point.X), X.Max ?? points.Max(point => point.X));
        return X.Log ? ChartScale.Log(min, max, frame.Left, frame.Right) : ChartScale.Linear(min, max, frame.Left, frame.Right, round: false);
    }

    private static double NamesWidth(List<ChartSeries> lines) => lines.Max(line => ChartFrame.WidthOf(line.Name)) + 20;

    private bool NamesFitAtEnds(List<ChartSeries> lines) =>
        lines.All(line => line.Joined) && NamesWidth(lines) <= 0.34 * Width &&
        lines.Count * NameGap <= PlotHeight && lines.Select(line => Last(line).X).Distinct().Count() == 1;

    private void WriteLine(Markup svg, ChartSeries line, ChartScale x, ChartScale y)
    {
        using var group = svg.Element("g", ("class", ChartStyle.Class(line.Style)));
        var spread = line.Points.Where(point => Drawable(point) && point.Spread > 0).ToList();
        if (spread.Count > FewPoints) WriteBand(svg, spread, x, y);
        else foreach (var point in spread) WriteBar(svg, point, x, y);

        var path = string.Concat(Pieces(line).Select(piece => Markup.Polyline(piece.Select(point => (x.Map(point.X), y.Map(point.Y))))));
        if (line.Joined) svg.Path("line", $"{path}", ChartStyle.Dash(line.Style));

        var stride = line.Points.Count <= FewPoints || !line.Joined ? 1 : line.Points.Count / 8;            // enough markers to tell lines apart, not one a point
        for (var i = line.Style * stride / 4 % stride; i < line.Points.Count; i += stride)  // staggered, so that close lines do not hide them
            if (line.Points[i] is var point && Drawable(point))
                ChartLegend.WriteMarker(svg, line.Style, x.Map(point.X), y.Map(point.Y), ChartFrame.PointTitle(line.Name, point, ReportNumber.Short(point.X)));
    }

    /// <summary>The stretches between points that cannot be drawn.</summary>
    private IEnumerable<List<ChartPoint>> Pieces(ChartSeries line)
    {
        var piece = new List<ChartPoint>();
        foreach (var point in line.Points)
            if (Drawable(point)) piece.Add(point);
            else if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        if (piece.Count > 0) yield return piece;
    }

    private static void WriteBar(Markup svg, ChartPoint point, ChartScale x, ChartScale y)
    {
        var (low, high) = Reach(point, y);
        svg.Path("error", $"M{x.Map(point.X) - 3} {low}h6m-3 0V{high}m-3 0h6");
    }

    private static void WriteBand(Markup svg, List<ChartPoint> points, ChartScale x, ChartScale y)
    {
        var upper = points.Select(point => (x.Map(point.X), Reach(point, y).High));
        var lower = points.Select(point => (x.Map(point.X), Reach(point, y).Low)).Reverse();
        svg.Path("band", $"{Markup.Polyline(upper.Concat(lower))}z");
    }

    private static (double Low, double High) Reach(ChartPoint point, ChartScale y) =>
        (y.Map(Math.Max(point.Y - point.Spread, y.Min)), y.Map(Math.Min(point.Y + point.Spread, y.Max)));

    private void WriteNames(Markup svg, List<ChartSeries> lines, ChartScale x, ChartScale y, ChartFrame frame)
    {
        var wishes = lines.Select(line => y.Map(Last(line).Y)).ToList();
        var places = ChartLabels.Spread(wishes, NameGap, frame.Top, frame.Bottom);
        for (var i = 0; i < lines.Count; i++)
        {
            using var group = svg.Element("g", ("class", ChartStyle.Class(lines[i].Style)));
            if (Math.Abs(places[i] - wishes[i]) > 2) svg.Path("lead", $"M{x.Map(Last(lines[i]).X) + 5} {wishes[i]}L{frame.Right + 13} {places[i]}");
            svg.Label("name", frame.Right + 16, places[i] + 4, "start", lines[i].Name);
        }
    }
}

namespace Bulwark.Evaluation.Charts;

/// <summary>Names with their line and marker in rows above a plot; a name that would not fit begins a new row.</summary>
internal sealed class ChartLegend
{
    private const double Space = 16, Dot = 10;
    private readonly double _swatch;
    private readonly List<(ChartSeries Series, double X, int Row)> _entries = [];

    public ChartLegend(IReadOnlyList<ChartSeries> series, double width, bool lines)
    {
        _swatch = lines ? 26 : Dot;
        double x = 0;
        var row = 0;
        foreach (var entry in series)
        {
            var entryWidth = _swatch + 6 + ChartFrame.WidthOf(entry.Name);
            if (x > 0 && x + entryWidth > width) (x, row) = (0, row + 1);
            _entries.Add((entry, x, row));
            x += entryWidth + Space;
        }
    }

    /// <summary>The height of all rows.</summary>
    public double Height => _entries.Count == 0 ? 0 : (_entries[^1].Row + 1) * ChartFrame.LineHeight;

    public void Write(Markup svg, double top)
    {
        foreach (var (series, x, row) in _entries)
            using (svg.Element("g", ("class", ChartStyle.Class(series.Style))))
            {
                var y = top + 8 + row * ChartFrame.LineHeight;
                if (_swatch > Dot && series.Joined) svg.Path("line", $"M{x} {y}h{_swatch}", ChartStyle.Dash(series.Style));
                WriteMarker(svg, series.Style, x + _swatch / 2, y);
                svg.Label("name", x + _swatch + 6, y + 4, "start", series.Name);
            }
    }

    /// <summary>A series' marker; the title shows under a pointer.</summary>
    public static void WriteMarker(Markup svg, int style, double x, double y, string title = "")
    {
        using var marker = svg.Element("path",
            ("class", "mark"), ("transform", $"translate({Markup.Number(x)} {Markup.Number(y)})"), ("d", ChartStyle.Marker(style)));
        if (title.Length > 0) svg.Leaf("title", title);
    }
}

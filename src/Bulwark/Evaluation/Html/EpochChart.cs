using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>Something by epoch, a line for each model.</summary>
internal static class EpochChart
{
    /// <summary>Magnitudes whose range is wider than this are drawn on a logarithmic axis.</summary>
    private const double WideRange = 30;

    /// <summary>
    /// The chart; none where no epoch has a value. Epochs without one are left out, so that what is measured every fifth epoch is still a line.
    /// </summary>
    /// <param name="title">The heading.</param>
    /// <param name="axis">What is measured.</param>
    /// <param name="lines">The models' lines.</param>
    /// <param name="magnitude">Whether the axis may be logarithmic.</param>
    public static IEnumerable<Action<TextWriter>> Of(string title, string axis, IEnumerable<ChartSeries> lines, bool magnitude)
    {
        List<ChartSeries> drawn =
            [.. lines.Select(line => line with { Points = [.. line.Points.Where(point => double.IsFinite(point.Y))] }).Where(line => line.Points.Count > 0)];
        if (drawn.Count > 0)
            yield return new LineChart(new("epoch"), new(axis) { Log = magnitude && IsWide(drawn) }, drawn)
            {
                Title = title,
                Description = string.Join(' ', drawn.Select(line =>
                    $"{line.Name}: from {ReportNumber.Short(line.Points[0].Y)} to {ReportNumber.Short(line.Points[^1].Y)} at epoch {line.Points[^1].X}.")),
            }.Write;
    }

    private static bool IsWide(List<ChartSeries> lines)
    {
        var values = lines.SelectMany(line => line.Points).Select(point => point.Y).ToList();
        return values.Min() > 0 && values.Max() / values.Min() > WideRange;
    }
}

namespace Bulwark.Evaluation.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Its points in order of X.</param>
/// <param name="Style">Which color, dash and marker it has, from 0: the same model keeps its style in every chart of a page.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, int Style)
{
    /// <summary>Whether a line joins the points; without, every point has its marker and their order does not matter.</summary>
    public bool Joined { get; init; } = true;
}

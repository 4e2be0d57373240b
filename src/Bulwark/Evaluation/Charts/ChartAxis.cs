namespace Bulwark.Evaluation.Charts;

/// <summary>An axis.</summary>
/// <param name="Label">What is measured, with its unit.</param>
public sealed record ChartAxis(string Label)
{
    /// <summary>Whether the axis is logarithmic; values that are not positive are then left out.</summary>
    public bool Log { get; init; }

    /// <summary>The least value to make room for; by the data when not given.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value to make room for; by the data when not given.</summary>
    public double? Max { get; init; }
}

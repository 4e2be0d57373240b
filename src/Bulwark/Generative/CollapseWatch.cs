namespace Bulwark.Generative;

/// <summary>When a generator has collapsed: its samples cover too few of the real examples, or repeat each other, in so many measurements in a row.</summary>
/// <param name="LeastCoverage">The least <see cref="SampleQuality.Coverage"/>.</param>
/// <param name="MostDuplicates">The most <see cref="SampleQuality.Duplicates"/>.</param>
/// <param name="Patience">How many measurements in a row.</param>
/// <param name="After">Measurements at the start that do not count: an untrained generator covers nothing.</param>
public sealed record CollapseWatch(double LeastCoverage = 0.7, double MostDuplicates = 0.2, int Patience = 3, int After = 0)
{
    /// <summary>Whether samples of this quality, seen so many measurements in a row, would be a collapse.</summary>
    public bool IsPoor(SampleQuality quality) => quality.Coverage < LeastCoverage || quality.Duplicates > MostDuplicates;
}

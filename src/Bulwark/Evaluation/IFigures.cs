namespace Bulwark.Evaluation;

/// <summary>What judging a model came to: a figure for each metric, and a value for each user, which paired tests need.</summary>
public interface IFigures
{
    /// <summary>The figure of a metric.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    double this[string metric] { get; }

    /// <summary>A metric's value for each user measured, always in the same order.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured, or has no value for a single user.</exception>
    ReadOnlySpan<double> PerUser(string metric);
}

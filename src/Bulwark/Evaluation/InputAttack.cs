using Bulwark.Attacks;

namespace Bulwark.Evaluation;

/// <summary>An attack on the inputs of a classifier, as a study runs it: one search or a suite, each part of it on what has withstood those before.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Parts">The searches, at least one.</param>
public sealed record InputAttack(string Name, params IReadOnlyList<SuiteAttack> Parts)
{
    /// <summary>The ball of a search for the shortest move, which runs once and may go anywhere in the box; null for L∞ balls of each ε of the study.</summary>
    public Ball? Reach { get; init; }

    /// <summary>What is measured beside the accuracy that is left, of an attack of one part.</summary>
    public IReadOnlyList<FoolingMeasure> Measures { get; init; } = [];
}

using Bulwark.Attacks;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>An attack on the inputs of a classifier, as a study runs it: one search or a suite, each part of it on what has withstood those before.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Parts">The searches, at least one, unless it is <see cref="Learned"/>.</param>
public sealed record InputAttack(string Name, params IReadOnlyList<SuiteAttack> Parts)
{
    /// <summary>The ball of a search for the shortest move, which runs once and may go anywhere in the box; null for L∞ balls of each ε of the study.</summary>
    public Ball? Reach { get; init; }

    /// <summary>
    /// The search as it is learned against a victim at each ε, of the model, its weights, the threat and the source of chance; null for one that learns nothing,
    /// which its parts say.
    /// </summary>
    public Func<IClassifier, Point, Threat, Rng, IAttack>? Learned { get; init; }

    /// <summary>What is measured beside the accuracy that is left, of an attack of one part.</summary>
    public IReadOnlyList<FoolingMeasure> Measures { get; init; } = [];
}

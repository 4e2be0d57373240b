using Bulwark.Tensors;

namespace Bulwark.Evaluation.Tuning;

/// <summary>A way to look for good settings. What comes next depends on the trials that are done and on nothing else, so a stopped search goes on as it was.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Budgets">The budget of each trial in order, as a share of a full training: all that is planned.</param>
/// <param name="Next">The values to try next; null where nothing is left to try. The stream must not have been used.</param>
public sealed record Search(string Name, IReadOnlyList<double> Budgets, Func<SearchSpace, IReadOnlyList<Trial>, Rng, double[]?> Next);

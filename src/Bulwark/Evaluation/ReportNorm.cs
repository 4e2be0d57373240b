namespace Bulwark.Evaluation;

/// <summary>The size of what an attack moves, so that ε can be read against it: a model can seem robust by growing its embeddings.</summary>
/// <param name="Model">The model.</param>
/// <param name="Table">The table or feature block, for example "items".</param>
/// <param name="MeanRowNorm">The mean norm of its rows, or the spread of its features, in the units of ε.</param>
/// <param name="Epsilons">The budgets that act on this table; every ε of the report when not given.</param>
public sealed record ReportNorm(string Model, string Table, double MeanRowNorm, IReadOnlyList<double>? Epsilons = null);

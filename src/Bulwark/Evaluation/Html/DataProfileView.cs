namespace Bulwark.Evaluation.Html;

/// <summary>What the page says about the data.</summary>
/// <param name="Facts">Facts to state as they are: users, items, interactions, density, first and last day.</param>
/// <param name="ItemCounts">How many interactions each item has, in any order; empty when not known.</param>
/// <param name="UserCounts">How many interactions each user has, in any order; empty when not known.</param>
public sealed record DataProfileView(IReadOnlyList<ReportFact> Facts, IReadOnlyList<int> ItemCounts, IReadOnlyList<int> UserCounts);

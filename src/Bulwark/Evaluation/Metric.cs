namespace Bulwark.Evaluation;

/// <summary>
/// One user's value from the ranks of the relevant items.
/// </summary>
/// <param name="ranks">One for each relevant item, ascending, at least one; 1 is the best.</param>
/// <param name="candidates">How many items were ranked, the relevant ones included.</param>
public delegate double RankScore(ReadOnlySpan<int> ranks, int candidates);

/// <summary>A measure of how well a ranking places a user's relevant items; the reported value is the mean over users.</summary>
/// <param name="Name">As reports show it: <c>ndcg@10</c>.</param>
/// <param name="Cutoff">The k of a metric that looks at the first k ranks only; otherwise null.</param>
/// <param name="Score">One user's value.</param>
public sealed record Metric(string Name, int? Cutoff, RankScore Score);

/// <summary>A measure of the lists themselves, whatever the test items: what is shown, not whether it is right.</summary>
/// <param name="Name">As reports show it: <c>coverage@10</c>.</param>
/// <param name="Cutoff">The k: how much of each list it looks at.</param>
/// <param name="Score">The value for all users' lists, which are at least k long where the user has that many candidates.</param>
public sealed record ListMetric(string Name, int Cutoff, Func<Recommendations, double> Score);

using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>
/// Edit by edit the one of the candidates that makes the exact loss largest; none where none makes it larger, so that more edits are never weaker.
/// </summary>
/// <param name="Candidates">What is tried: all, drawn ones, or those that a gradient promises most of.</param>
public sealed record GreedyEdits(CandidateEdits Candidates) : IHistoryAttack
{
    /// <summary>Exact, from a few hundred drawn edits: needs scores alone.</summary>
    public static GreedyEdits Sampled(int candidates = 200) => new(Histories.Candidates.Drawn(candidates));

    /// <summary>The edits with the best first-order promise, of which the exactly best is taken.</summary>
    public static GreedyEdits Guided(int candidates = 50) => new(Histories.Candidates.Guided(candidates));

    /// <summary>Exact, from all edits: the strongest first edit there is.</summary>
    public static GreedyEdits Exhaustive { get; } = new(Histories.Candidates.All);

    /// <inheritdoc/>
    public IReadOnlyList<int[]> Find(HistoryProblem problem, Rng rng)
    {
        var path = new List<int[]> { problem.Clean };
        if (problem.Budget.Edits == 0) return path;
        var reached = problem.Losses(path)[0];
        for (var edit = 0; edit < problem.Budget.Edits; edit++)
        {
            var now = path[^1];
            int[][] tries = [.. Candidates(problem, now, rng.Fork(edit)).Select(one => one.Of(now))];
            var losses = problem.Losses(tries);
            var best = losses.Length > 0 ? Array.IndexOf(losses, losses.Max()) : -1;
            var better = best >= 0 && losses[best] > reached;
            if (better) reached = losses[best];
            path.Add(better ? tries[best] : now);
        }
        return path;
    }
}

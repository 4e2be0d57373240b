using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>Edits drawn from all that are allowed, blind: the control of every comparison.</summary>
public sealed record RandomEdits : IHistoryAttack
{
    /// <inheritdoc/>
    public IReadOnlyList<int[]> Find(HistoryProblem problem, Rng rng)
    {
        var path = new List<int[]> { problem.Clean };
        for (var edit = 0; edit < problem.Budget.Edits; edit++)
            path.Add(Candidates.Draw(problem, path[^1], 1, rng.Fork(edit)) is [var one] ? one.Of(path[^1]) : path[^1]);
        return path;
    }
}

using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>A search for a history that the victim answers worse, where an <see cref="IAttack"/> finds a move.</summary>
public interface IHistoryAttack
{
    /// <summary>
    /// The history after at most 0, 1, … k edits, k of the budget: (k + 1) histories, the first of them the clean one. A search that finds nothing
    /// repeats what it had.
    /// </summary>
    /// <exception cref="NotSupportedException">The victim does not show what the search needs.</exception>
    IReadOnlyList<int[]> Find(HistoryProblem problem, Rng rng);
}

using System.Buffers;

namespace Bulwark.Attacks.Histories;

/// <summary>One shopper's history, what is wanted of the victim's list for it, and what may be done for that.</summary>
public sealed class HistoryProblem
{
    private const int MostScores = 1 << 20;                  // at once: 4 MB
    private readonly bool[] _barred;

    /// <summary>Checks that the parts fit.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public HistoryProblem(HistoryVictim victim, HistoryGoal goal, HistoryBudget budget, int[] clean)
    {
        budget.Check(victim.ItemCount);
        if ((uint)goal.Item >= (uint)victim.ItemCount) throw new ArgumentException($"Item {goal.Item} is not among the {victim.ItemCount} items.");
        if (clean.Length == 0) throw new ArgumentException("There is no history to attack; give one with at least one item.");
        if (clean.Contains(goal.Item)) throw new ArgumentException($"Item {goal.Item} stands in the history already, so that it is never listed; choose another.");
        (Victim, Goal, Budget, Clean, _barred) = (victim, goal, budget, clean, new bool[victim.ItemCount]);
        foreach (var item in budget.Barred) _barred[item] = true;
        _barred[goal.Item] = true;
    }

    /// <summary>What is attacked.</summary>
    public HistoryVictim Victim { get; }

    /// <summary>What for.</summary>
    public HistoryGoal Goal { get; }

    /// <summary>What may be done.</summary>
    public HistoryBudget Budget { get; }

    /// <summary>The history as it was.</summary>
    public int[] Clean { get; }

    /// <summary>Whether an item may come into a history.</summary>
    public bool MayEnter(int item, ReadOnlySpan<int> history) => !_barred[item] && !history.Contains(item);

    /// <summary>Kinds and places of edits within the victim's reach, oldest first; deletions only where something is left.</summary>
    public IEnumerable<(EditKinds Kind, int Place)> Slots(int[] history)
    {
        var (n, reach) = (history.Length, Victim.Reach);
        if (Budget.Kinds.HasFlag(EditKinds.Insert))
            for (var place = Math.Max(0, n + 1 - reach); place <= n; place++) yield return (EditKinds.Insert, place);
        foreach (var kind in (EditKinds[])[EditKinds.Delete, EditKinds.Replace])
            if (Budget.Kinds.HasFlag(kind) && (kind != EditKinds.Delete || n > 1))
                for (var place = Math.Max(0, n - reach); place < n; place++) yield return (kind, place);
    }

    /// <summary>The exact loss of each history, high for the attacker. What stood in the clean history or stands in this one is no candidate for a list.</summary>
    public double[] Losses(IReadOnlyList<int[]> histories) => [.. Measure(histories).Select(outcome => outcome.Loss)];

    internal HistoryGoal.Outcome[] Measure(IReadOnlyList<int[]> histories)
    {
        var (outcomes, items) = (new HistoryGoal.Outcome[histories.Count], Victim.ItemCount);
        var block = Math.Max(1, MostScores / items);
        var scores = ArrayPool<float>.Shared.Rent(Math.Min(block, histories.Count) * items);
        for (var first = 0; first < histories.Count; first += block)
        {
            int[][] some = [.. histories.Skip(first).Take(block)];
            Victim.Scores(some, scores.AsSpan(0, some.Length * items));
            for (var n = 0; n < some.Length; n++) outcomes[first + n] = Goal.Of(scores.AsSpan(n * items, items), [.. Clean, .. some[n]]);
        }
        ArrayPool<float>.Shared.Return(scores);
        return outcomes;
    }
}

using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Attacks.Histories;

/// <summary>Edits of a history that a search tries.</summary>
public delegate IReadOnlyList<Edit> CandidateEdits(HistoryProblem problem, int[] history, Rng rng);

/// <summary>Which edits to try.</summary>
public static class Candidates
{
    /// <summary>All that are allowed: places times items, for small catalogs.</summary>
    public static CandidateEdits All { get; } = static (problem, history, _) =>
    [
        .. from slot in problem.Slots(history)
           from item in slot.Kind == EditKinds.Delete ? [-1] : Enumerable.Range(0, problem.Victim.ItemCount).Where(item => problem.MayEnter(item, history))
           select new Edit(slot.Kind, slot.Place, item),
    ];

    /// <summary>Some, drawn from all that are allowed: first the kind, then place and item.</summary>
    public static CandidateEdits Drawn(int count) => (problem, history, rng) => Draw(problem, history, count, rng);

    /// <summary>
    /// Those that promise most to first order (HotFlip: Ebrahimi et al. 2018): item j in place of i at p changes the loss by about g_p · (e_j − e_i). For an
    /// insertion, g is taken where the item before stands twice. Deletions, which are few, are all tried.
    /// </summary>
    /// <param name="count">How many replacements and insertions.</param>
    public static CandidateEdits Guided(int count) => (problem, history, _) => Promising(problem, history, count);

    internal static IReadOnlyList<Edit> Draw(HistoryProblem problem, int[] history, int count, Rng rng)
    {
        (EditKinds Kind, int Place)[][] kinds = [.. problem.Slots(history).GroupBy(slot => slot.Kind).Select(slots => slots.ToArray())];
        int[] items = [.. Enumerable.Range(0, problem.Victim.ItemCount).Where(item => problem.MayEnter(item, history))];
        if (items.Length == 0) kinds = [.. kinds.Where(slots => slots[0].Kind == EditKinds.Delete)];
        if (kinds.Length == 0) return [];
        var edits = new Edit[count];
        foreach (ref var edit in edits.AsSpan())
        {
            var slots = kinds[rng.Next(kinds.Length)];
            var (kind, place) = slots[rng.Next(slots.Length)];
            edit = new(kind, place, kind == EditKinds.Delete ? -1 : items[rng.Next(items.Length)]);
        }
        return edits;
    }

    private static IReadOnlyList<Edit> Promising(HistoryProblem problem, int[] history, int count)
    {
        var slope = problem.Victim.Slope ?? throw new NotSupportedException(
            "This victim shows its scores alone, not how they answer to the items of a history; search greedily, without gradients.");
        var slots = problem.Slots(history).ToArray();
        var deletions = slots.Where(slot => slot.Kind == EditKinds.Delete).Select(slot => new Edit(slot.Kind, slot.Place));
        slots = [.. slots.Where(slot => slot.Kind != EditKinds.Delete)];
        if (slots.Length == 0) return [.. deletions];

        // Replacements start from the history itself; an insertion from one in which a neighbor stands twice.
        var histories = new List<int[]> { history };
        var places = new (int History, int Place)[slots.Length];
        for (var n = 0; n < slots.Length; n++)
        {
            var (kind, place) = slots[n];
            if (kind == EditKinds.Insert) histories.Add(new Edit(kind, place, history[Math.Max(0, place - 1)]).Of(history));
            places[n] = (kind == EditKinds.Insert ? histories.Count - 1 : 0, place);
        }
        using var scope = Scope.Open();
        var (outcomes, items) = (problem.Measure(histories), problem.Victim.ItemCount);
        (int, int)[] pairs = [.. outcomes.Select(outcome => problem.Goal.Wanted ? (problem.Goal.Item, outcome.Rival) : (outcome.Rival, problem.Goal.Item))];
        var g = slope.Of(histories, pairs, places);                                              // (slots, d)
        var now = new Ids([.. places.Select(place => histories[place.History][place.Place])]);
        var here = Tensor.Of(slots.Length, [.. places.Select(place => (float)outcomes[place.History].Loss)]) - g.Dot(slope.Items.Rows(now));
        var promise = (g.MatMul(slope.Items, transposeY: true) + here.Reshape((slots.Length, 1))).Values.ToArray();          // (slots, items)
        for (var item = 0; item < items; item++)
            if (!problem.MayEnter(item, history))
                for (var n = 0; n < slots.Length; n++) promise[n * items + item] = float.NegativeInfinity;
        var (best, values) = (new int[count], new float[count]);
        var found = TopK.Select(promise, best, values);
        return [.. deletions, .. best[..found].Select(at => new Edit(slots[at / items].Kind, slots[at / items].Place, at % items))];
    }
}

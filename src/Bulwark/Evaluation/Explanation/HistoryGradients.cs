using Bulwark.Attacks.Histories;
using Bulwark.Tensors;

namespace Bulwark.Evaluation.Explanation;

/// <summary>
/// Why a rather than b: x_p · ∫₀¹ ∂(ŷ(h, a) − ŷ(h, b)) / ∂x_p at t · x dt, x_p the row that stands at place p of the history: the integrated gradients
/// of Sundararajan, Taly and Yan (2017) from rows of zeros, by the midpoints of equal steps. They sum to the difference of the scores, less that of
/// rows of zeros. <see cref="LeaveOneOut"/> asks the same of models that show no slopes.
/// </summary>
public static class HistoryGradients
{
    /// <summary>The reasons, the strongest first; an item that stands at several places has the sum of them.</summary>
    /// <param name="victim">The formula, with slopes.</param>
    /// <param name="history">h, oldest first; what is beyond the model's reach has no part in the answer.</param>
    /// <param name="item">a, the recommended item.</param>
    /// <param name="rather">b, the item it was preferred to.</param>
    /// <param name="steps">The number of midpoints.</param>
    /// <exception cref="ArgumentException">The model shows no slopes.</exception>
    public static IReadOnlyList<Reason> Of(HistoryVictim victim, int[] history, int item, int rather, int steps = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var slope = victim.Slope ?? throw new ArgumentException("The model shows no slopes; ask what it says with an item left out.", nameof(victim));
        var first = Math.Max(0, history.Length - victim.Reach);
        var places = Enumerable.Range(first, history.Length - first).Select(place => (0, place)).ToArray();
        if (places.Length == 0) return [];
        using var scope = Scope.Open();
        var effects = Tensor.Zeros(places.Length);
        var rows = slope.Items.Rows(new Ids(history.AsSpan(first)));                             // (places, d)
        for (var step = 0; step < steps; step++)
            effects += slope.Of([history], [(item, rather)], places, (step + 0.5f) / steps).Dot(rows) * (1f / steps);
        var values = effects.Values.ToArray();
        return
        [
            .. history.Skip(first).Zip(values).GroupBy(pair => pair.First, pair => pair.Second)
                .Select(group => new Reason(group.Key, group.Sum(effect => (double)effect))).OrderByDescending(reason => reason.Effect),
        ];
    }
}

using Bulwark.Models;

namespace Bulwark.Evaluation.Explanation;

/// <summary>What one item of a history did for a recommendation.</summary>
/// <param name="Item">The item of the history.</param>
/// <param name="Effect">How much it raised the score; negative where it spoke against.</param>
public readonly record struct Reason(int Item, double Effect);

/// <summary>
/// Why this item: for every item h of the history, s(item | history) − s(item | history without h), standardized over all items so that a shift of all
/// scores counts nothing. It asks only for scores, so that it explains every recommender that folds histories in; one that answers by popularity has no reasons.
/// </summary>
public static class LeaveOneOut
{
    /// <summary>The reasons for an item, the strongest first; empty where the history does not decide.</summary>
    /// <param name="model">What ranks.</param>
    /// <param name="history">What was touched, oldest first, each item once.</param>
    /// <param name="item">The recommended item.</param>
    public static IReadOnlyList<Reason> Of(IRecommender model, IReadOnlyList<int> history, int item) => Of(model, history, [item])[0];

    /// <summary>The same for each of several items. The model scores every history once, however many items there are.</summary>
    /// <param name="model">What ranks.</param>
    /// <param name="history">What was touched, oldest first, each item once.</param>
    /// <param name="items">The recommended items.</param>
    public static IReadOnlyList<Reason>[] Of(IRecommender model, IReadOnlyList<int> history, IReadOnlyList<int> items)
    {
        var scores = new float[model.ItemCount];
        if (history.Count == 0 || items.Count == 0 || Standardized([.. history]) is not { } whole) return [.. items.Select(_ => (IReadOnlyList<Reason>)[])];
        var without = history.Select((_, n) => Standardized([.. history.Take(n), .. history.Skip(n + 1)])).ToArray();
        return [.. items.Select((_, i) => (IReadOnlyList<Reason>)
            [.. history.Select((old, n) => new Reason(old, whole[i] - (without[n]?[i] ?? 0))).OrderByDescending(reason => reason.Effect)])];

        double[]? Standardized(int[] some)                       // (items)
        {
            if (some.Length == 0 || model.ScoreHistory(some, scores) != ScoreSource.FoldIn) return null;
            float[] known = [.. scores.Where(float.IsFinite)];
            var mean = known.Average(score => (double)score);
            var deviation = Math.Sqrt(known.Average(score => (score - mean) * (score - mean)));
            return [.. items.Select(item => deviation > 0 ? (scores[item] - mean) / deviation : 0)];
        }
    }

    /// <summary>"because of A and B": the strongest reasons that spoke for the item; empty where none did.</summary>
    /// <param name="reasons">As <see cref="Of(IRecommender, IReadOnlyList{int}, int)"/> gives them.</param>
    /// <param name="name">What an item is called.</param>
    /// <param name="most">The most items to name.</param>
    public static string InWords(IReadOnlyList<Reason> reasons, Func<int, string> name, int most = 2)
    {
        string[] named = [.. reasons.Where(reason => reason.Effect > 0).Take(most).Select(reason => name(reason.Item))];
        return named.Length == 0 ? "" : named.Length == 1 ? $"because of {named[0]}" : $"because of {string.Join(", ", named[..^1])} and {named[^1]}";
    }
}

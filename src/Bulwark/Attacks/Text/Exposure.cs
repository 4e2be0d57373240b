
namespace Bulwark.Attacks.Text;

/// <summary>
/// How near an item is to the top k of people's lists, as a worth that every edit changes: the mean over people of σ((ŷ − θ) / τ), where ŷ is the item's
/// score, θ that of the k-th of the other items not seen yet, and τ the deviation of the scores. People who have the item do not count.
/// </summary>
public static class Exposure
{
    /// <summary>Of an item with other texts.</summary>
    /// <param name="victim">Who ranks.</param>
    /// <param name="target">The item.</param>
    /// <param name="seen">What people have.</param>
    /// <param name="users">The people whose lists the attacker can see.</param>
    /// <param name="k">Places of a list.</param>
    /// <exception cref="ArgumentException">Nobody is left who does not have the item.</exception>
    public static TextScores Of(TextVictim victim, int target, Data.Histories seen, IEnumerable<int> users, int k)
    {
        int[] people = [.. users.Where(user => !seen.Contains(user, target))];
        if (people.Length == 0) throw new ArgumentException("Everybody has this item; choose another target, or more people.", nameof(users));
        var clean = victim.Clean;
        var scores = new float[people.Length * clean.ItemCount];
        clean.Score(people, scores);
        var bars = people.Select((user, row) => Bar(scores.AsSpan(row * clean.ItemCount, clean.ItemCount), seen.Items(user), target, k)).ToArray();
        return texts =>
        {
            var worth = victim.Scores(people, texts);
            return [.. Enumerable.Range(0, texts.Count).Select(n =>
                bars.Select((bar, row) => Sigmoid((worth[row * texts.Count + n] - bar.Height) / bar.Deviation)).Average())];
        };
    }

    /// <summary>θ and τ of one person; the scores are spoiled.</summary>
    private static (float Height, float Deviation) Bar(Span<float> scores, ReadOnlySpan<int> seen, int target, int k)
    {
        var mean = 0.0;
        foreach (var score in scores) mean += score / scores.Length;
        var square = 0.0;
        foreach (var score in scores) square += (score - mean) * (score - mean) / scores.Length;
        foreach (var item in seen) scores[item] = float.NegativeInfinity;
        scores[target] = float.NegativeInfinity;
        scores.Sort();
        return (scores[^Math.Min(k, scores.Length)], square > 0 ? (float)Math.Sqrt(square) : 1);
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}

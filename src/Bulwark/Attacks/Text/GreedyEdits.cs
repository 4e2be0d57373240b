using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>
/// Edit after edit, each the one that gains most for a changed word (after Jin et al. 2020, TextFooler): words are ordered by what the text is worth without
/// them, and those that the attacker misses least are touched. Every smaller number of words is tried too, so that a larger limit is never worse.
/// </summary>
/// <param name="Edits">What the attacker may do.</param>
/// <param name="Places">How many words may be touched in a step.</param>
/// <param name="Most">The most texts that a step asks for; of more, a draw.</param>
/// <param name="Goal">A worth that suffices: above it the search ends, such as 0 for a classifier's margin.</param>
public sealed record GreedyEdits(TextEdits Edits, int Places = 3, int Most = 200, float Goal = float.PositiveInfinity) : ITextAttack
{
    /// <inheritdoc/>
    public EditedText Find(TextScores scores, string text, TextLimit limit, Rng rng)
    {
        var asked = new AskedTexts(scores);
        var best = text;
        for (var words = 1; words <= limit.Words && !(asked[best] > Goal); words++)
        {
            var found = Climb(asked, text, limit with { Words = words }, rng.Fork(words));
            if (asked[found] > asked[best]) best = found;
        }
        return new(best, asked[text], asked[best], asked.Queries);
    }

    private string Climb(AskedTexts asked, string text, TextLimit limit, Rng rng)
    {
        var (original, current) = (Wording.Of(text), text);
        for (var step = 0; !(asked[current] > Goal); step++)
        {
            var wording = Wording.Of(current);
            var near = Edits.Around(wording, Touched(asked, wording)).Where(other => limit.Violation(text, other) is null).ToArray();
            if (near.Length > Most)
            {
                rng.Fork(step).Shuffle<string>(near);
                near = near[..Most];
            }
            var (worth, changed) = (asked.Of(near), original.Distance(wording));
            var (next, gain) = (current, 0f);
            for (var n = 0; n < near.Length; n++)
            {
                var own = (worth[n] - asked[current]) / Math.Max(1, original.Distance(Wording.Of(near[n])) - changed);
                if (own > gain) (next, gain) = (near[n], own);
            }
            if (next == current) break;
            current = next;
        }
        return current;
    }

    private int[] Touched(AskedTexts asked, Wording text)
    {
        var without = asked.Of([.. Enumerable.Range(0, text.Words.Count).Select(at => text.Splice(at, 1).ToString())]);
        return [.. Enumerable.Range(0, text.Words.Count).OrderByDescending(at => without[at]).Take(Places)];
    }
}

using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>Edits by chance, as many as the limit allows: the control of every comparison. The best of some tries is kept.</summary>
/// <param name="Edits">What the attacker may do.</param>
/// <param name="Tries">How many texts are asked for.</param>
public sealed record RandomEdits(TextEdits Edits, int Tries = 1) : ITextAttack
{
    /// <inheritdoc/>
    public EditedText Find(TextScores scores, string text, TextLimit limit, Rng rng)
    {
        var asked = new AskedTexts(scores);
        var tried = Enumerable.Range(0, Tries).Select(attempt => Drawn(text, limit, rng.Fork(attempt))).Prepend(text).ToArray();
        var worth = asked.Of(tried);
        var best = tried[Array.IndexOf(worth, worth.Max())];
        return new(best, asked[text], asked[best], asked.Queries);
    }

    private string Drawn(string text, TextLimit limit, Rng rng)
    {
        var current = text;
        for (var words = 1; words <= limit.Words; words++)
        {
            var (wording, so) = (Wording.Of(current), limit with { Words = words });
            string[] near = [.. Edits.Around(wording, [.. Enumerable.Range(0, wording.Words.Count)]).Where(other => so.Violation(text, other) is null)];
            if (near.Length > 0) current = near[rng.Next(near.Length)];
        }
        return current;
    }
}

namespace Bulwark.Attacks.Text;

/// <summary>How far an edited text may be from the original.</summary>
/// <param name="Words">The most words that may change, a Chinese character counting as one; see <see cref="Wording.Distance"/>.</param>
/// <param name="Share">The largest share of the original's words that may change.</param>
/// <param name="LeastSimilarity">The least similarity; −1 for none.</param>
/// <param name="Similarity">Of original and edited text, as of <see cref="TextSimilarity"/>.</param>
public sealed record TextLimit(int Words, double Share = double.PositiveInfinity, double LeastSimilarity = -1, Func<string, string, double>? Similarity = null)
{
    /// <summary>What an edit violates, in words; null where it is allowed.</summary>
    /// <exception cref="InvalidOperationException">There is a least similarity, but nothing to measure it by.</exception>
    public string? Violation(string text, string edited)
    {
        var original = Wording.Of(text);
        var changed = original.Distance(Wording.Of(edited));
        if (changed > Words) return $"changes {changed} words, more than {Words}";
        if (changed > Share * original.Words.Count) return $"changes {changed} of {original.Words.Count} words, more than the share {Share:G3}";
        if (LeastSimilarity <= -1) return null;
        if (Similarity is null) throw new InvalidOperationException("A least similarity needs a way to measure it; give one of TextSimilarity.");
        var similarity = Similarity(text, edited);
        return similarity < LeastSimilarity ? $"is similar by {similarity:G3}, less than {LeastSimilarity:G3}" : null;
    }

    /// <summary>Throws if an edit is not allowed: nothing is cut off in silence.</summary>
    /// <exception cref="ArgumentException">It is not; the message names the limit that it violates.</exception>
    public void Check(string text, string edited)
    {
        if (Violation(text, edited) is { } violation) throw new ArgumentException($"The edited text {violation}; edit less.");
    }
}

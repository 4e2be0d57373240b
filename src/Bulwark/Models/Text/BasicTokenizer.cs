using System.Globalization;
using System.Text;
using Bulwark.Features;

namespace Bulwark.Models.Text;

/// <summary>
/// BERT's first pass (Devlin et al. 2019): control characters dropped, Chinese characters set apart, accents and case removed where asked, then split
/// at spaces and around every punctuation mark. Tokens such as [MASK] written in a text are text, not commands.
/// </summary>
/// <param name="lowerCase">Whether case is removed.</param>
/// <param name="stripAccents">Whether accents are; null means with case.</param>
public sealed class BasicTokenizer(bool lowerCase = true, bool? stripAccents = null) : ITokenizer
{
    /// <summary>Whether case is removed.</summary>
    public bool LowerCase => lowerCase;

    /// <summary>Whether accents are removed.</summary>
    public bool StripAccents => stripAccents ?? lowerCase;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tokens(string text)
    {
        var clean = Clean(text);
        if (StripAccents) clean = Accents.Strip(clean);
        if (LowerCase) clean = clean.ToLowerInvariant();
        var tokens = new List<string>();
        foreach (var word in clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Split(word, tokens);
        return tokens;
    }

    private static string Clean(string text)
    {
        var to = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r') to.Append(' ');
            else if (rune.Value == 0xFFFD || IsControl(rune)) continue;
            else if (Rune.IsWhiteSpace(rune)) to.Append(' ');
            else if (Scripts.IsHan(rune)) to.Append(' ').Append(rune.ToString()).Append(' ');
            else to.Append(rune.ToString());
        }
        return to.ToString();
    }

    private static void Split(string word, List<string> tokens)
    {
        var (start, at) = (0, 0);
        foreach (var rune in word.EnumerateRunes())
        {
            var next = at + rune.Utf16SequenceLength;
            if (IsPunctuation(rune))
            {
                if (at > start) tokens.Add(word[start..at]);
                tokens.Add(word[at..next]);
                start = next;
            }
            at = next;
        }
        if (at > start) tokens.Add(word[start..]);
    }

    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Unicode's punctuation, and all of ASCII that is neither letter, digit nor space: $ and ^ too.</summary>
    private static bool IsPunctuation(Rune rune) =>
        rune.Value is >= 33 and <= 47 or >= 58 and <= 64 or >= 91 and <= 96 or >= 123 and <= 126 || Rune.IsPunctuation(rune);
}

using System.Text;

namespace Bulwark.Features;

/// <summary>Which characters are Chinese: written without spaces, so that a run of them is not one word.</summary>
internal static class Scripts
{
    /// <summary>Whether a character is in one of Unicode's blocks of CJK ideographs: those that BERT sets apart.</summary>
    public static bool IsHan(Rune rune) => rune.Value is
        >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF or >= 0x20000 and <= 0x2A6DF or >= 0x2A700 and <= 0x2B73F or >= 0x2B740 and <= 0x2B81F
        or >= 0x2B820 and <= 0x2CEAF or >= 0xF900 and <= 0xFAFF or >= 0x2F800 and <= 0x2FA1F;

    /// <summary>Runs of the characters that a test accepts, in order.</summary>
    public static IEnumerable<string> Runs(string text, Func<Rune, bool> accepts)
    {
        var (start, at) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!accepts(rune))
            {
                if (at > start) yield return text[start..at];
                start = at + rune.Utf16SequenceLength;
            }
            at += rune.Utf16SequenceLength;
        }
        if (text.Length > start) yield return text[start..];
    }
}

using System.Globalization;
using System.Text;

namespace Bulwark.Evaluation.Charts;

/// <summary>How wide text is, on a terminal and in a proportional font.</summary>
internal static class TextWidth
{
    /// <summary>Terminal columns: East Asian wide characters (Unicode Annex 11) take two, combining marks none.</summary>
    public static int Columns(string text)
    {
        var columns = 0;
        foreach (var rune in Printable(text).EnumerateRunes()) columns += Columns(rune);
        return columns;
    }

    /// <summary>About how many ems the text takes in a sans-serif face; rather too many than too few.</summary>
    public static double Ems(string text)
    {
        var ems = 0.0;
        foreach (var rune in text.EnumerateRunes())
            ems += Columns(rune) switch
            {
                0 => 0,
                2 => 1,
                _ when rune.Value is '.' or ',' or ':' or ' ' or '(' or ')' or 'i' or 'l' or 'j' or 't' or 'f' or 'r' or '|' => 0.38,
                _ when rune.Value is 'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.92,
                _ when Rune.IsUpper(rune) => 0.7,
                _ => 0.62,
            };
        return ems;
    }

    /// <summary>The text with line breaks, tabs and other control characters replaced by spaces.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }) : text;

    private static int Columns(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE4F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
    };
}

using System.Text;
using Bulwark.Features;

namespace Bulwark.Attacks.Text;

/// <summary>
/// A text as the words that an editor could touch, and what stands between them. A word is a run of letters and digits; a Chinese character is a word of its
/// own, because spaces do not say where words end.
/// </summary>
public sealed class Wording
{
    private readonly (string Before, string Word)[] _places;
    private readonly string _after;

    private Wording(IEnumerable<(string Before, string Word)> places, string after)
    {
        (_places, _after) = ([.. places], after);
        Words = [.. _places.Select(place => place.Word)];
    }

    /// <summary>Cuts a text; putting it together again gives the same text.</summary>
    public static Wording Of(string text)
    {
        var places = new List<(string, string)>();
        var (end, start, at) = (0, 0, 0);                    // of the last word, of the run, of the rune
        foreach (var rune in text.EnumerateRunes())
        {
            var next = at + rune.Utf16SequenceLength;
            var han = Scripts.IsHan(rune);
            if (han || !Rune.IsLetterOrDigit(rune))
            {
                Add(at);
                start = han ? at : next;
                if (han) Add(next);
            }
            at = next;
        }
        Add(text.Length);
        return new(places, text[end..]);

        void Add(int to)
        {
            if (to <= start) return;
            places.Add((text[end..start], text[start..to]));
            end = start = to;
        }
    }

    /// <summary>The words in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>
    /// These words in place of some: one for one substitutes, one for none inserts, none for one deletes, two in the other order swap. What stands between the
    /// words stays where it can.
    /// </summary>
    /// <param name="at">The first word to replace.</param>
    /// <param name="count">How many.</param>
    /// <param name="words">By what.</param>
    public Wording Splice(int at, int count, params IReadOnlyList<string> words)
    {
        var places = _places.ToList();
        var first = at < places.Count ? places[at].Before : "";
        string[] gaps = [.. places.Skip(at).Take(count).Select(place => place.Before)];
        places.RemoveRange(at, count);
        for (var n = 0; n < words.Count; n++)
        {
            var before = n < gaps.Length ? gaps[n] : at + n == 0 ? first : Joint(places[at + n - 1].Word, words[n]);
            places.Insert(at + n, (before, words[n]));
        }
        if (at == 0 && words.Count != count && places.Count > words.Count)
            places[words.Count] = (words.Count == 0 ? first : Joint(words[^1], places[words.Count].Word), places[words.Count].Word);
        return new(places, _after);
    }

    /// <summary>The least number of words substituted, inserted, deleted, or swapped with their neighbor that lead from these to those of another text.</summary>
    public int Distance(Wording other)
    {
        var (rows, columns) = (Words.Count, other.Words.Count);
        var least = new int[rows + 1, columns + 1];
        for (var i = 0; i <= rows; i++)
            for (var j = 0; j <= columns; j++)
            {
                if (i == 0 || j == 0) { least[i, j] = i + j; continue; }
                var substituted = least[i - 1, j - 1] + (Words[i - 1] == other.Words[j - 1] ? 0 : 1);
                least[i, j] = Math.Min(substituted, 1 + Math.Min(least[i - 1, j], least[i, j - 1]));
                if (i > 1 && j > 1 && Words[i - 1] == other.Words[j - 2] && Words[i - 2] == other.Words[j - 1])
                    least[i, j] = Math.Min(least[i, j], 1 + least[i - 2, j - 2]);
            }
        return least[rows, columns];
    }

    /// <summary>The text.</summary>
    public override string ToString() => string.Concat(_places.Select(place => place.Before + place.Word)) + _after;

    /// <summary>Whether a word is Chinese.</summary>
    internal static bool IsHan(string word) => Scripts.IsHan(Rune.GetRuneAt(word, 0));

    private static string Joint(string left, string right) => IsHan(left) && IsHan(right) ? "" : " ";
}

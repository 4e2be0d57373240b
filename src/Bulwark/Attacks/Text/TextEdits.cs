namespace Bulwark.Attacks.Text;

/// <summary>The single edits that an attacker may make.</summary>
/// <param name="Substitutes">Words in place of others; null for no substitutions.</param>
/// <param name="Inserts">Words to insert in front and at the end; null for no insertions.</param>
/// <param name="Deletes">Whether words may be left out.</param>
/// <param name="Swaps">Whether neighbors may change places.</param>
public sealed record TextEdits(CandidateWords? Substitutes = null, CandidateWords? Inserts = null, bool Deletes = false, bool Swaps = false)
{
    /// <summary>
    /// The texts one edit away, each once. A Chinese candidate of several characters takes the place of as many.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="places">The words that may be touched.</param>
    public IReadOnlyList<string> Around(Wording text, IReadOnlyList<int> places)
    {
        var edited = new List<Wording>();
        foreach (var at in places)
        {
            foreach (var word in Substitutes?.Invoke(text.Words[at]) ?? [])
                if (Wording.Of(word).Words.Count is var count && at + count <= text.Words.Count) edited.Add(text.Splice(at, count, word));
            if (Deletes) edited.Add(text.Splice(at, 1));
            if (Swaps && at + 1 < text.Words.Count) edited.Add(text.Splice(at, 2, text.Words[at + 1], text.Words[at]));
        }
        foreach (var word in Inserts?.Invoke(null) ?? []) edited.AddRange([text.Splice(0, 0, word), text.Splice(text.Words.Count, 0, word)]);
        var original = text.ToString();
        return [.. edited.Select(other => other.ToString()).Where(other => other != original).Distinct(StringComparer.Ordinal)];
    }
}

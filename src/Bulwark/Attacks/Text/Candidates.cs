using Bulwark.Features;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>Words to put in place of a word, the most promising first; for null, words to insert.</summary>
public delegate IReadOnlyList<string> CandidateWords(string? word);

/// <summary>Where an editor takes words from.</summary>
public static class Candidates
{
    /// <summary>
    /// The words of popular items: those with the largest ln(1 + N / n) Σ_i w_i over the items i that have them, n of N. A word is replaced by one of its own
    /// script; inserted words are of the script that the texts have most of.
    /// </summary>
    /// <param name="texts">The catalog's.</param>
    /// <param name="weights">w, how often each item was bought.</param>
    /// <param name="tokenizer">Text to words.</param>
    /// <param name="most">How many words of a script.</param>
    public static CandidateWords Popular(IReadOnlyList<string?> texts, IReadOnlyList<int> weights, ITokenizer tokenizer, int most = 20)
    {
        var of = new Dictionary<string, (int Items, double Weight)>(StringComparer.Ordinal);
        foreach (var (item, text) in texts.Index())
            foreach (var word in tokenizer.Tokens(text ?? "").Distinct(StringComparer.Ordinal))
                of[word] = of.TryGetValue(word, out var old) ? (old.Items + 1, old.Weight + weights[item]) : (1, weights[item]);
        var scripts = of.OrderByDescending(pair => Math.Log(1 + (double)texts.Count / pair.Value.Items) * pair.Value.Weight)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).ToLookup(Wording.IsHan);
        var (han, others) = (scripts[true].Take(most).ToArray(), scripts[false].Take(most).ToArray());
        var usual = of.Where(pair => Wording.IsHan(pair.Key)).Sum(pair => pair.Value.Items) > of.Sum(pair => pair.Value.Items) / 2;
        return word => (word is null ? usual : Wording.IsHan(word)) ? han : others;
    }

    /// <summary>The nearest of the catalog's own words by the cosine of their vectors: what could be said instead. Nothing for words without a vector.</summary>
    /// <param name="words">The words.</param>
    /// <param name="vectors">(words, d).</param>
    /// <param name="least">The least cosine; 0.5 is usual.</param>
    /// <param name="most">How many.</param>
    public static CandidateWords Near(IReadOnlyList<string> words, Tensor vectors, float least = 0.5f, int most = 10)
    {
        var rows = vectors / (vectors.NormOfRows().Reshape((words.Count, 1)) + 1e-12f);
        var cosines = rows.MatMul(rows, transposeY: true).Values.ToArray();                      // (words, words)
        var places = words.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.OrdinalIgnoreCase);
        return word =>
        {
            if (word is null || !places.TryGetValue(word, out var at)) return [];
            var row = at * words.Count;
            return [.. Enumerable.Range(0, words.Count).Where(other => other != at && cosines[row + other] >= least)
                .OrderByDescending(other => cosines[row + other]).Take(most).Select(other => words[other])];
        };
    }

    /// <summary>The word with two neighboring characters swapped, or one left out or written twice: what a reader reads over and a vocabulary does not know.</summary>
    public static IReadOnlyList<string> Misspelled(string? word)
    {
        if (word is null || word.Length < 3 || Wording.IsHan(word)) return [];
        var inner = Enumerable.Range(1, word.Length - 2).ToArray();                              // the first and the last letter stay
        return [.. inner.SkipLast(1).Select(i => $"{word[..i]}{word[i + 1]}{word[i]}{word[(i + 2)..]}")
            .Concat(inner.Select(i => word.Remove(i, 1))).Concat(inner.Select(i => word.Insert(i, $"{word[i]}"))).Where(other => other != word).Distinct()];
    }

    /// <summary>The words of several.</summary>
    public static CandidateWords Joined(params IReadOnlyList<CandidateWords> all) => word => [.. all.SelectMany(one => one(word)).Distinct(StringComparer.Ordinal)];
}

namespace Bulwark.Models.Text;

/// <summary>
/// A vocabulary of pieces for texts of one's own: characters first, then, again and again, the pair of neighboring pieces that occurs most becomes a piece
/// (Sennrich, Haddow and Birch 2016), with ## on those inside a word. Ties go to the pair that comes first in the order of its characters.
/// </summary>
public static class WordPieceLearner
{
    private static readonly string[] Specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>At most so many pieces, fewer where no pair occurs twice; but every character of the texts has one.</summary>
    public static WordPiece Learn(IReadOnlyList<string?> texts, int size, BasicTokenizer? words = null)
    {
        words ??= new BasicTokenizer();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var word in words.Tokens(text ?? "")) counts[word] = counts.GetValueOrDefault(word) + 1;
        var vocabulary = new List<string>(Specials);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        string[][] split = [.. counts.Keys.Select(word => word.EnumerateRunes().Select((rune, at) => at == 0 ? rune.ToString() : WordPiece.Inside + rune).ToArray())];
        foreach (var piece in split.SelectMany(word => word).Distinct().Order(StringComparer.Ordinal)) Add(piece);
        List<int>[] pieces = [.. split.Select(word => word.Select(piece => ids[piece]).ToList())];
        int[] times = [.. counts.Values];
        while (vocabulary.Count < size && MostFrequent(pieces, times, vocabulary) is var (left, right) && left >= 0)
        {
            var joined = Add(vocabulary[left] + vocabulary[right][WordPiece.Inside.Length..]);
            foreach (var word in pieces) Join(word, left, right, joined);
        }
        return new(vocabulary, words);

        int Add(string piece)
        {
            if (ids.TryGetValue(piece, out var id)) return id;
            ids.Add(piece, vocabulary.Count);
            vocabulary.Add(piece);
            return vocabulary.Count - 1;
        }
    }

    /// <summary>The pair to join next; (−1, −1) where none occurs twice.</summary>
    private static (int Left, int Right) MostFrequent(List<int>[] words, int[] times, List<string> vocabulary)
    {
        var pairs = new Dictionary<(int, int), int>();
        for (var word = 0; word < words.Length; word++)
            for (var at = 1; at < words[word].Count; at++)
            {
                var pair = (words[word][at - 1], words[word][at]);
                pairs[pair] = pairs.GetValueOrDefault(pair) + times[word];
            }
        var (best, most) = ((Left: -1, Right: -1), 1);
        foreach (var (pair, count) in pairs)
            if (count > most || count == most && best.Left >= 0 && Precedes(pair, best)) (best, most) = (pair, count);
        return best;

        bool Precedes((int Left, int Right) a, (int Left, int Right) b) =>
            (string.CompareOrdinal(vocabulary[a.Left], vocabulary[b.Left]), string.CompareOrdinal(vocabulary[a.Right], vocabulary[b.Right])) is ( < 0, _) or (0, < 0);
    }

    private static void Join(List<int> word, int left, int right, int joined)
    {
        for (var at = 1; at < word.Count; at++)
        {
            if (word[at - 1] != left || word[at] != right) continue;
            word[at - 1] = joined;
            word.RemoveAt(at);
        }
    }
}

using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Features;

/// <summary>The terms of a collection of texts, and how many texts hold each: what makes vectors of these texts, and of later ones.</summary>
public sealed class TextVectorizer
{
    private readonly ITokenizer _tokenizer;
    private readonly int[] _documents;
    private readonly int _count;
    private readonly double _meanLength;

    /// <summary>Learns the terms. Null texts count as empty ones.</summary>
    /// <param name="texts">The collection, such as the titles of a catalog.</param>
    /// <param name="tokenizer">Text to terms.</param>
    /// <param name="fewest">In how many texts a term must occur to be kept.</param>
    public TextVectorizer(IReadOnlyList<string?> texts, ITokenizer tokenizer, int fewest = 1)
    {
        (_tokenizer, _count) = (tokenizer, texts.Count);
        var documents = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var text in texts)
            foreach (var term in tokenizer.Tokens(text ?? "").Distinct(StringComparer.Ordinal))
                if (!documents.TryAdd(term, 1)) documents[term]++;
                else order.Add(term);
        Terms = new Vocabulary(order.Where(term => documents[term] >= fewest));
        Terms.Freeze();
        _documents = [.. Terms.Ids.Select(term => documents[term])];
        _meanLength = texts.Count == 0 ? 0 : Counted(texts).Sum(row => (long)row.Values.Sum()) / (double)texts.Count;
    }

    /// <summary>The terms, numbered in order of first appearance: the columns of every vector made here.</summary>
    public Vocabulary Terms { get; }

    /// <summary>How often each term occurs in each text: (texts, terms).</summary>
    public SparseRows Counts(IReadOnlyList<string?> texts) =>
        new(Terms.Count, Counted(texts).Select(row => row.Select(entry => (entry.Key, (float)entry.Value))));

    /// <summary>
    /// tf · (ln((1 + N) / (1 + n)) + 1) for a term that is tf times in a text and in n of the N texts of the collection, each row scaled to length
    /// 1 (Spärck Jones 1972, smoothed): (texts, terms).
    /// </summary>
    public SparseRows TfIdf(IReadOnlyList<string?> texts) =>
        Counts(texts).Map((_, term, count) => (float)(count * (Math.Log((1.0 + _count) / (1 + _documents[term])) + 1))).Normalized();

    /// <summary>
    /// ln(1 + (N − n + ½) / (n + ½)) · tf (k₁ + 1) / (tf + k₁ (1 − b + b · length / mean length)): what a query that holds the term once adds to
    /// the score of each text (Robertson and Zaragoza 2009): (texts, terms).
    /// </summary>
    public SparseRows Bm25(IReadOnlyList<string?> texts, float k1 = 1.2f, float b = 0.75f)
    {
        var counts = Counts(texts);
        var lengths = Enumerable.Range(0, counts.RowCount).Select(row => counts.Values(row).ToArray().Sum()).ToArray();
        return counts.Map((row, term, count) =>
        {
            var rarity = Math.Log(1 + (_count - _documents[term] + 0.5) / (_documents[term] + 0.5));
            return (float)(rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * lengths[row] / _meanLength)));
        });
    }

    private IEnumerable<Dictionary<int, int>> Counted(IReadOnlyList<string?> texts)
    {
        foreach (var text in texts)
        {
            var counts = new Dictionary<int, int>();
            foreach (var token in _tokenizer.Tokens(text ?? ""))
                if (Terms.TryGet(token, out var term)) counts[term] = counts.GetValueOrDefault(term) + 1;
            yield return counts;
        }
    }
}

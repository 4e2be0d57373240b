using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Models.Text;

/// <summary>
/// BERT's tokenizer (Wu et al. 2016; Devlin et al. 2019): each word of the <see cref="BasicTokenizer"/> is cut into the longest pieces that the
/// vocabulary has, from left to right, where pieces inside a word begin with ##. A word that cannot be cut so is [UNK].
/// </summary>
public sealed class WordPiece : ITokenizer
{
    /// <summary>What marks a piece that does not begin a word.</summary>
    public const string Inside = "##";

    private const int LongestWord = 100;                     // characters; longer ones are [UNK], as published
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal), _inside = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _first, _rest;

    /// <summary>A tokenizer with a vocabulary whose places are the ids; of a piece listed twice the last place counts.</summary>
    /// <exception cref="DataException">One of [PAD], [UNK], [CLS], [SEP] and [MASK] is missing.</exception>
    public WordPiece(IReadOnlyList<string> vocabulary, BasicTokenizer? words = null)
    {
        (Vocabulary, Words) = (vocabulary, words ?? new BasicTokenizer());
        foreach (var (id, piece) in vocabulary.Index())
        {
            _ids[piece] = id;
            if (piece.StartsWith(Inside, StringComparison.Ordinal)) _inside[piece[Inside.Length..]] = id;
        }
        (_first, _rest) = (_ids.GetAlternateLookup<ReadOnlySpan<char>>(), _inside.GetAlternateLookup<ReadOnlySpan<char>>());
        (Pad, Unknown, Begin, End, Mask) = (Special("[PAD]"), Special("[UNK]"), Special("[CLS]"), Special("[SEP]"), Special("[MASK]"));
    }

    /// <summary>The pieces; a piece's place is its id.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>The first pass.</summary>
    public BasicTokenizer Words { get; }

    /// <summary>The id of [PAD].</summary>
    public int Pad { get; }

    /// <summary>The id of [UNK].</summary>
    public int Unknown { get; }

    /// <summary>The id of [CLS].</summary>
    public int Begin { get; }

    /// <summary>The id of [SEP].</summary>
    public int End { get; }

    /// <summary>The id of [MASK].</summary>
    public int Mask { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Tokens(string text) => [.. Pieces(text).Select(id => Vocabulary[id])];

    /// <summary>[CLS], the pieces, [SEP]: at most so many ids, of which the text's first pieces are kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for [CLS] and [SEP].</exception>
    public int[] Encode(string text, int most = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        return [Begin, .. Pieces(text).Take(most - 2), End];
    }

    private IEnumerable<int> Pieces(string text) => Words.Tokens(text).SelectMany(Cut);

    private List<int> Cut(string word)
    {
        var pieces = new List<int>();
        if (word.Length > LongestWord && word.EnumerateRunes().Count() > LongestWord) return [Unknown];
        for (var start = 0; start < word.Length;)
        {
            var (end, id) = (word.Length, 0);
            while (end > start && !(start == 0 ? _first : _rest).TryGetValue(word.AsSpan(start..end), out id)) end--;
            if (end == start) return [Unknown];
            pieces.Add(id);
            start = end;
        }
        return pieces;
    }

    private int Special(string piece) => _ids.TryGetValue(piece, out var id) ? id : throw new DataException(
        "the vocabulary", null, $"it has no {piece}", "use the vocabulary that belongs to the model");
}

using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>
/// Vectors of items' texts: the mean of the last rows of BERT's encoder over a text's pieces. It runs without dropout, so that an item has one vector
/// in a step.
/// </summary>
public sealed class TextItems : IItemEncoder
{
    private const int Together = 128;                        // texts of about one length, so that little is padded
    private readonly BertFolder _folder;
    private readonly int[][] _texts;

    /// <summary>The texts and their encoder.</summary>
    /// <param name="folder">The formula, the values that it starts with, and the tokenizer.</param>
    /// <param name="texts">A text for each item; it may be empty.</param>
    /// <param name="longest">The most pieces of a text that are read, [CLS] and [SEP] among them.</param>
    public TextItems(BertFolder folder, IReadOnlyList<string> texts, int longest = 128)
    {
        var most = Math.Min(longest, folder.Model.Config.MaxPositions);
        (_folder, _texts) = (folder with { At = folder.At.Settled() }, [.. texts.Select(text => folder.Pieces.Encode(text, most))]);
    }

    /// <summary>Rows of the pieces, (vocabulary, d).</summary>
    public Variable Content => _folder.Model.Words;

    /// <inheritdoc/>
    public int ItemCount => _texts.Length;

    /// <inheritdoc/>
    public int Dimension => _folder.Model.Config.Hidden;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _folder.At;

    /// <inheritdoc/>
    public Tensor Encode(Point at, ReadOnlySpan<int> items)
    {
        int[] asked = items.ToArray(), order = [.. Enumerable.Range(0, asked.Length).OrderBy(place => _texts[asked[place]].Length)];
        var places = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++) places[order[rank]] = rank;
        return Tensor.Concat(0, [.. order.Chunk(Together).Select(some => Of(at, some.Select(place => _texts[asked[place]])))]).Rows(new Ids(places));
    }

    private Tensor Of(Point at, IEnumerable<int[]> texts)
    {
        var batch = new TokenBatch();
        batch.Fill([.. texts], _folder.Pieces.Pad);
        return Bert.Mean(_folder.Model.Of(at, batch), batch);                                    // (n, d)
    }
}

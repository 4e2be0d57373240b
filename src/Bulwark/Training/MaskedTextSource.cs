using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// Texts in a new order each epoch, a share of their pieces asked for: of those 80% become [MASK], 10% a random piece, 10% stay (Devlin et al. 2019).
/// Each text gives at least one place; texts without pieces are left out.
/// </summary>
public sealed class MaskedTextSource : IBatchSource<MaskedTexts>
{
    private readonly WordPiece _pieces;
    private readonly int[][] _texts;
    private readonly float _share;
    private readonly EpochOrder _order;
    private readonly Rng _holes;

    /// <summary>Batches of texts.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="pieces">The tokenizer.</param>
    /// <param name="batch">Texts a batch.</param>
    /// <param name="rng">Order and holes.</param>
    /// <param name="share">How many of the pieces are asked for.</param>
    /// <param name="most">The longest sequence, with [CLS] and [SEP].</param>
    /// <exception cref="ArgumentException">No text has a piece; the batch is empty; or the share is not in (0, 1).</exception>
    public MaskedTextSource(IReadOnlyList<string?> texts, WordPiece pieces, int batch, Rng rng, float share = 0.15f, int most = 128)
    {
        if (!(share is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
        _texts = [.. texts.Select(text => pieces.Encode(text ?? "", most)).Where(ids => ids.Length > 2)];
        if (_texts.Length == 0) throw new ArgumentException("There is no text to learn from.", nameof(texts));
        (_pieces, _share, _order, _holes) = (pieces, share, new EpochOrder(_texts.Length, batch, rng), rng.Fork("holes"));
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public MaskedTexts Create() => new();

    /// <inheritdoc/>
    public void Fill(MaskedTexts batch, long step)
    {
        var (examples, holes) = (_order.Of(step), _holes.Fork(step));
        var texts = new int[examples.Count][];
        for (var b = 0; b < texts.Length; b++) texts[b] = [.. _texts[examples[b]]];
        var length = texts.Max(text => text.Length);
        var (places, pieces) = (new List<int>(), new List<int>());
        for (var b = 0; b < texts.Length; b++)
        {
            var sure = 1 + holes.Next(texts[b].Length - 2);
            for (var at = 1; at < texts[b].Length - 1; at++)
            {
                if (holes.NextSingle() >= _share && at != sure) continue;
                places.Add(b * length + at);
                pieces.Add(texts[b][at]);
                texts[b][at] = Instead(texts[b][at], holes);
            }
        }
        batch.Tokens.Fill(texts, _pieces.Pad);
        batch.Places.Fill([.. places]);
        batch.Pieces.Fill([.. pieces]);
    }

    private int Instead(int piece, Rng rng) => rng.NextSingle() switch
    {
        < 0.8f => _pieces.Mask,
        < 0.9f => rng.Next(_pieces.Vocabulary.Count),
        _ => piece,
    };
}

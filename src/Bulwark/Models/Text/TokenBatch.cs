using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>Sequences of ids side by side, the shorter ones padded; refilled rather than made anew.</summary>
public sealed class TokenBatch
{
    private readonly Floats _mask = new(), _share = new();

    /// <summary>How many sequences.</summary>
    public int Count { get; private set; }

    /// <summary>t, the length of the longest.</summary>
    public int Length { get; private set; }

    /// <summary>Ids of pieces, (count · t).</summary>
    public Ids Pieces { get; } = new();

    /// <summary>0 at a sequence's own places and −∞ behind its end, (count, 1, 1, t): what attention adds to its scores.</summary>
    public Tensor Mask => _mask.Tensor.Reshape((Count, 1, 1, Length));

    /// <summary>1 / length at a sequence's own places and 0 behind its end, (count, 1, t): a product with it is the mean.</summary>
    public Tensor Share => _share.Tensor.Reshape((Count, 1, Length));

    /// <summary>Replaces the contents.</summary>
    /// <param name="sequences">At least one, none of them empty.</param>
    /// <param name="pad">The id that fills the shorter ones up.</param>
    /// <exception cref="ArgumentException">There is no sequence, or one is empty.</exception>
    public void Fill(IReadOnlyList<int[]> sequences, int pad)
    {
        if (sequences.Count == 0 || sequences.Any(sequence => sequence.Length == 0)) throw new ArgumentException("A batch needs sequences of at least one id.");
        (Count, Length) = (sequences.Count, sequences.Max(sequence => sequence.Length));
        var pieces = Pieces.Refill(Count * Length);
        Span<float> mask = _mask.Refill(Count * Length), share = _share.Refill(Count * Length);
        pieces.Fill(pad);
        mask.Fill(float.NegativeInfinity);
        share.Clear();
        for (var b = 0; b < Count; b++)
        {
            var (first, own) = (b * Length, sequences[b].Length);
            sequences[b].CopyTo(pieces[first..]);
            mask.Slice(first, own).Clear();
            share.Slice(first, own).Fill(1f / own);
        }
    }
}

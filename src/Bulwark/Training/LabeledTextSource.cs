using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each text with its class, in a new order each epoch.</summary>
public sealed class LabeledTextSource : IBatchSource<LabeledTexts>
{
    private readonly IReadOnlyList<int[]> _texts;
    private readonly IReadOnlyList<int> _labels;
    private readonly int _pad;
    private readonly EpochOrder _order;

    /// <summary>Batches of so many texts.</summary>
    /// <param name="texts">The ids of each text's pieces: see <see cref="WordPiece.Encode"/>.</param>
    /// <param name="labels">Each text's class, from 0.</param>
    /// <param name="pad">The id that fills shorter texts up.</param>
    /// <param name="batch">Texts in a batch.</param>
    /// <param name="rng">Drives the order.</param>
    /// <exception cref="ArgumentException">There is no text, or not a class for each; or the batch is empty.</exception>
    public LabeledTextSource(IReadOnlyList<int[]> texts, IReadOnlyList<int> labels, int pad, int batch, Rng rng)
    {
        if (texts.Count == 0) throw new ArgumentException("There are no training texts.", nameof(texts));
        if (texts.Count != labels.Count) throw new ArgumentException($"{texts.Count} texts need as many classes, not {labels.Count}.", nameof(labels));
        (_texts, _labels, _pad, _order) = (texts, labels, pad, new EpochOrder(texts.Count, batch, rng));
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public LabeledTexts Create() => new();

    /// <inheritdoc/>
    public void Fill(LabeledTexts batch, long step)
    {
        var examples = _order.Of(step);
        var (texts, labels) = (new int[examples.Count][], new int[examples.Count]);
        for (var b = 0; b < texts.Length; b++) (texts[b], labels[b]) = (_texts[examples[b]], _labels[examples[b]]);
        batch.Tokens.Fill(texts, _pad);
        batch.Labels.Fill(labels);
    }
}

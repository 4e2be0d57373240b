using Bulwark.Models.Neural;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>W mean(h) + b: a linear layer on the mean of the rows that a transformer makes of a text's pieces.</summary>
/// <param name="encoder">The transformer.</param>
/// <param name="classes">How many there are.</param>
public sealed class BertClassifier(Bert encoder, int classes) : ITextClassifier
{
    private readonly Dense _head = new("classifier");

    /// <inheritdoc/>
    public Variable Inputs { get; } = new("inputs");

    /// <inheritdoc/>
    public Point Start(Rng rng) => Start(encoder.Start(rng), rng);

    /// <summary>The values of an encoder that learned from texts alone, and a new head.</summary>
    public Point Start(Point pretrained, Rng rng) => _head.Start(pretrained, encoder.Config.Hidden, classes, BertConfig.Deviation, rng);

    /// <inheritdoc/>
    public Tensor Embed(Point at, TokenBatch texts) => encoder.Embed(at, texts);

    /// <inheritdoc/>
    public Tensor Logits(Point at, TokenBatch texts, Rng? rng = null)
    {
        var rows = encoder.Encode(at, at[Inputs], texts, rng);                                   // (texts, t, d)
        return _head.Of(at, Bert.Mean(rows, texts).Dropout(encoder.Config.Dropout, rng?.Fork("head")));
    }
}

using Bulwark.Models.Neural;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>Settings of <see cref="ConvolutionalTextClassifier"/>.</summary>
/// <param name="Dimension">d, the length of a piece's row.</param>
/// <param name="Filters">Filters of each height.</param>
/// <param name="Dropout">Share of the filters' results that is dropped in training.</param>
/// <param name="Heights">Over how many pieces a filter reaches; 3, 4 and 5 by default, as published.</param>
public sealed record ConvolutionalTextOptions(int Dimension = 64, int Filters = 64, float Dropout = 0.5f, params IReadOnlyList<int> Heights)
{
    /// <summary>Over how many pieces a filter reaches.</summary>
    public IReadOnlyList<int> Heights { get; init; } = Heights.Count > 0 ? Heights : [3, 4, 5];
}

/// <summary>
/// Convolutions over a text (Kim 2014): filters of several heights see that many pieces' rows, z_t = relu(W [x_t ; … ; x_{t + h − 1}] + b), the largest z over
/// the text's own places counts, and a linear layer follows. Behind a text's end there are zeros, so that its classes do not depend on its company.
/// </summary>
/// <param name="vocabulary">How many pieces there are.</param>
/// <param name="classes">How many classes.</param>
/// <param name="options">Settings.</param>
public sealed class ConvolutionalTextClassifier(int vocabulary, int classes, ConvolutionalTextOptions options) : ITextClassifier
{
    private readonly Convolution[] _filters = [.. options.Heights.Select(height => new Convolution($"filters.{height}", new(height, 1)))];
    private readonly Dense _head = new("head");

    /// <inheritdoc/>
    public Variable Inputs { get; } = new("inputs");

    /// <summary>Rows of the pieces, (vocabulary, d).</summary>
    public Variable Words { get; } = new("words");

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = new Point((Words, Tensor.Uniform((vocabulary, options.Dimension), -0.25f, 0.25f, rng.Fork(Words.Name))));     // as published
        foreach (var filters in _filters) at = filters.Start(at, options.Dimension, options.Filters, rng);
        return _head.Start(at, options.Heights.Count * options.Filters, classes, rng);
    }

    /// <inheritdoc/>
    public Tensor Embed(Point at, TokenBatch texts) => at[Words].Rows(texts.Pieces).Reshape((texts.Count, texts.Length, options.Dimension));

    /// <inheritdoc/>
    public Tensor Logits(Point at, TokenBatch texts, Rng? rng = null)
    {
        var own = texts.Share.Sign().Reshape((texts.Count, texts.Length, 1));                    // 1 at a text's own places
        var x = at[Inputs] * own;                                                                // (texts, t, d)
        var largest = new Tensor[_filters.Length];
        for (var n = 0; n < largest.Length; n++)
        {
            var length = texts.Length + options.Heights[n] - 1;
            var seen = _filters[n].Of(at, x.Pad(1, 0, length).Reshape((texts.Count, length, 1, options.Dimension)));        // (texts, t, 1, filters)
            largest[n] = (seen.Reshape((texts.Count, texts.Length, options.Filters)).Relu() * own).Max(1);                  // (texts, filters)
        }
        return _head.Of(at, Tensor.Concat(1, largest).Dropout(options.Dropout, rng?.Fork("largest")));            // (texts, classes)
    }
}

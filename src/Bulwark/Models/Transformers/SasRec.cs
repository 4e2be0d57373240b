using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Transformers;

/// <summary>Settings of <see cref="SasRec"/>.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Blocks">How many blocks of attention and feed-forward net.</param>
/// <param name="Heads">Heads of attention.</param>
/// <param name="Length">L, the most items of a history.</param>
/// <param name="Dropout">Share that is dropped in training.</param>
/// <param name="Widening">Width of the feed-forward nets, in d; 1 as published.</param>
public sealed record SasRecOptions(int Dimension = 64, int Blocks = 2, int Heads = 1, int Length = 50, float Dropout = 0.2f, int Widening = 1);

/// <summary>
/// Self-attentive sequential recommendation (Kang and McAuley 2018): x_t = √d e_{i_t} + p_t through causal blocks with the norm before each part,
/// feed-forward nets with relu, and a norm; the row at t is compared with the same e: ŷ(t, i) = x_t · e_i. In each part both queries
/// and keys are normed, and its output has a layer of its own, as in later transformers.
/// </summary>
public sealed class SasRec : ISequenceEncoder
{
    private readonly SasRecOptions _options;
    private readonly Variable _items = new("items"), _places = new("places");
    private readonly Transformer _blocks;
    private readonly Norm _norm = new("norm");

    /// <summary>For so many items.</summary>
    public SasRec(int items, SasRecOptions options)
    {
        (ItemCount, _options, Head) = (items, options, new ItemHead(_items));
        var d = options.Dimension;
        _blocks = new("blocks", d, options.Blocks, options.Heads, options.Widening * d, causal: true, normFirst: true, Functions.Relu, options.Dropout);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [_items, _places];

    /// <inheritdoc/>
    public Variable Inputs => _items;

    /// <inheritdoc/>
    public int ItemCount { get; }

    /// <inheritdoc/>
    public int Length => _options.Length;

    /// <inheritdoc/>
    public bool Cloze => false;

    /// <inheritdoc/>
    public ItemHead Head { get; }

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var d = _options.Dimension;
        var at = new Point(
            (_items, Tensor.TruncatedGaussian((ItemCount, d), 0.02f, rng.Fork(_items.Name))),
            (_places, Tensor.TruncatedGaussian((Length, d), 0.02f, rng.Fork(_places.Name))));
        return _norm.Start(_blocks.Start(at, rng), d);
    }

    /// <inheritdoc/>
    public Tensor Encode(Point at, Sequences histories, Rng? rng = null)
    {
        var x = at[_items].Rows(histories.Items) * MathF.Sqrt(_options.Dimension) + at[_places].Rows(histories.Places);       // (positions, d)
        return _norm.Of(at, _blocks.Of(at, x.Dropout(_options.Dropout, rng), histories.Start, rng));
    }
}

using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Transformers;

/// <summary>Settings of <see cref="Bert4Rec"/>.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Blocks">How many blocks of attention and feed-forward net.</param>
/// <param name="Heads">Heads of attention.</param>
/// <param name="Length">L, the most items of a history, the one asked for included.</param>
/// <param name="Dropout">Share that is dropped in training.</param>
public sealed record Bert4RecOptions(int Dimension = 64, int Blocks = 2, int Heads = 2, int Length = 50, float Dropout = 0.2f);

/// <summary>
/// Bidirectional transformer for hidden items (Sun et al. 2019): x_t = norm(e_{i_t} + p_t), with one row in place of e where the item is hidden,
/// through blocks that see both ways, with the norm behind each part and feed-forward nets of 4d with gelu; ŷ(t, i) = norm(gelu(x_t W + b)) · e_i + b_i.
/// </summary>
public sealed class Bert4Rec : ISequenceEncoder
{
    private const float Deviation = 0.02f;
    private readonly Bert4RecOptions _options;
    private readonly Variable _items = new("items"), _places = new("places"), _hidden = new("hidden"), _bias = new("items.bias");
    private readonly Transformer _blocks;
    private readonly Dense _dense = new("head");
    private readonly Norm _normOfInput = new("norm"), _normOfHead = new("head.norm");

    /// <summary>For so many items.</summary>
    public Bert4Rec(int items, Bert4RecOptions options)
    {
        (ItemCount, _options, Head) = (items, options, new ItemHead(_items, _bias));
        var d = options.Dimension;
        _blocks = new("blocks", d, options.Blocks, options.Heads, 4 * d, causal: false, normFirst: false, Functions.Gelu, options.Dropout);
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
    public bool Cloze => true;

    /// <inheritdoc/>
    public ItemHead Head { get; }

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var d = _options.Dimension;
        var at = new Point(
            (_items, Tensor.TruncatedGaussian((ItemCount, d), Deviation, rng.Fork(_items.Name))),
            (_places, Tensor.TruncatedGaussian((Length, d), Deviation, rng.Fork(_places.Name))),
            (_hidden, Tensor.TruncatedGaussian((1, d), Deviation, rng.Fork(_hidden.Name))), (_bias, Tensor.Zeros(ItemCount)));
        at = _dense.Start(_blocks.Start(at, rng), d, d, rng);
        return _normOfHead.Start(_normOfInput.Start(at, d), d);
    }

    /// <inheritdoc/>
    public Tensor Encode(Point at, Sequences histories, Rng? rng = null)
    {
        var shown = histories.Shown.Tensor.Reshape((histories.Items.Count, 1));
        var e = at[_items].Rows(histories.Items) * shown + at[_hidden] * (1 - shown);            // (positions, d)
        var x = _normOfInput.Of(at, e + at[_places].Rows(histories.Places)).Dropout(_options.Dropout, rng);
        x = _blocks.Of(at, x, histories.Start, rng);
        return _normOfHead.Of(at, _dense.Of(at, x).Gelu());
    }
}

using Bulwark.Tensors;

namespace Bulwark.Models.Recurrent;

/// <summary>Settings of <see cref="Gru4Rec"/>.</summary>
/// <param name="Dimension">d, of items and of the state.</param>
/// <param name="Length">L, the most items of a history.</param>
/// <param name="Dropout">Share of the input's and the state's elements that is dropped in training.</param>
public sealed record Gru4RecOptions(int Dimension = 64, int Length = 50, float Dropout = 0.2f);

/// <summary>
/// Recurrent recommendation (Hidasi et al. 2016; Hidasi and Karatzoglou 2018): a gated recurrent unit walks the history, and its state is compared
/// with the rows of items that it reads ("constrained embedding"): ŷ(t, i) = h_t · e_i + b_i.
/// </summary>
public sealed class Gru4Rec : ISequenceEncoder
{
    private readonly Gru4RecOptions _options;
    private readonly Variable _items = new("items"), _bias = new("items.bias");
    private readonly Gru _unit;

    /// <summary>For so many items.</summary>
    public Gru4Rec(int items, Gru4RecOptions options) =>
        (ItemCount, _options, Head, _unit) = (items, options, new ItemHead(_items, _bias), new Gru("gru", options.Dimension));

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [_items];

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
        var bound = 1 / MathF.Sqrt(_options.Dimension);
        return _unit.Start(new Point(
            (_items, Tensor.Uniform((ItemCount, _options.Dimension), -bound, bound, rng.Fork(_items.Name))), (_bias, Tensor.Zeros(ItemCount))), rng);
    }

    /// <inheritdoc/>
    public Tensor Encode(Point at, Sequences histories, Rng? rng = null)
    {
        var x = at[_items].Rows(histories.Items).Dropout(_options.Dropout, rng);                 // (positions, d)
        return _unit.Of(at, x, histories).Dropout(_options.Dropout, rng);
    }
}

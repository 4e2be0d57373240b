using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>
/// The same formula, in which each position of a batch of histories reads a row of its own instead of its item's: a gradient by these rows is that of what
/// stands at each position, apart from the item's other places and from its part in the scores.
/// </summary>
/// <param name="model">The formula.</param>
internal sealed class PositionRows(ISequenceEncoder model) : ISequenceEncoder
{
    /// <summary>The rows, (positions, d); the point must have them.</summary>
    public Variable Inputs { get; } = new("positions");

    public IReadOnlyList<Variable> Tables => [Inputs];

    public int ItemCount => model.ItemCount;

    public int Length => model.Length;

    public bool Cloze => model.Cloze;

    public ItemHead Head => model.Head;

    public Point Start(Rng rng) => model.Start(rng);

    /// <summary>A point of the formula with each position's row: that of its item.</summary>
    public Point At(Point at, Sequences histories) => at.With(Inputs, at[model.Inputs].Rows(histories.Items));

    public Tensor Encode(Point at, Sequences histories, Rng? rng = null) => model.Encode(at.With(model.Inputs, at[Inputs]), Numbered(histories), rng);

    /// <summary>The same histories with 0, 1, 2, … for items.</summary>
    private static Sequences Numbered(Sequences histories)
    {
        var numbered = histories.Copy();
        var items = numbered.Items.Refill(histories.Items.Count);
        for (var position = 0; position < items.Length; position++) items[position] = position;
        return numbered;
    }
}

using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of histories and the items that are to be told at some of their positions.</summary>
/// <param name="length">L, the most items of a history.</param>
/// <param name="negatives">Lists of items drawn for each wanted one.</param>
public sealed class SequenceBatch(int length, int negatives = 0) : IBatch
{
    /// <summary>What the model sees.</summary>
    public Sequences Histories { get; private init; } = new(length);

    /// <summary>Where it is asked: (asked).</summary>
    public Ids Asked { get; private init; } = new();

    /// <summary>The right item for each: (asked).</summary>
    public Ids Wanted { get; private init; } = new();

    /// <summary>Lists of items that the user has not touched, one for each wanted item: each (asked).</summary>
    public IReadOnlyList<Ids> Negatives { get; private init; } = [.. Enumerable.Range(0, negatives).Select(_ => new Ids())];

    /// <summary>Items drawn for the whole batch: (drawn); empty if there are none.</summary>
    public Ids Drawn { get; private init; } = new();

    /// <summary>−∞ where a drawn item is the wanted one, else 0: (asked · drawn).</summary>
    public Floats Hits { get; private init; } = new();

    /// <summary>The step's number, from 0 over all epochs, for what changes in the course of training.</summary>
    public long Step { get; set; }

    /// <summary>How many items are asked for.</summary>
    public int Count => Wanted.Count;

    /// <summary>The same questions about other histories, with as many positions.</summary>
    internal SequenceBatch About(Sequences histories) => new(Histories.Length)
    {
        Histories = histories, Asked = Asked, Wanted = Wanted, Negatives = Negatives, Drawn = Drawn, Hits = Hits, Step = Step,
    };

    /// <inheritdoc/>
    public void Regroup()
    {
        Histories.Regroup();
        Asked.Regroup();
        Wanted.Regroup();
        foreach (var list in Negatives) list.Regroup();
        Drawn.Regroup();
    }

    /// <summary>Draws items for the whole batch, every item alike, and marks those that are wanted.</summary>
    internal void DrawShared(int count, int items, Rng rng)
    {
        var drawn = Drawn.Refill(count);
        for (var k = 0; k < count; k++) drawn[k] = rng.Next(items);
        var hits = Hits.Refill(Count * count);
        for (var n = 0; n < Count; n++)
            for (var k = 0; k < count; k++) hits[n * count + k] = drawn[k] == Wanted.Rows[n] ? float.NegativeInfinity : 0;
    }
}

using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>
/// Histories, oldest item first, one after the other without padding: history s has the positions Start[s] … Start[s + 1] − 1. Each is the end of a
/// longer history, at most <paramref name="length"/> items. It is refilled rather than made anew.
/// </summary>
/// <param name="length">L, the most items of a history.</param>
public sealed class Sequences(int length)
{
    private readonly TimeOrder _byTime = new();
    private readonly TimeWindows _windows = new();
    private bool _ordered;
    private int _width;                                      // of the windows; 0 if they are not built

    /// <summary>L, the most items of a history.</summary>
    public int Length { get; } = length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), $"A history holds at least one item, not {length}.");

    /// <summary>How many histories there are.</summary>
    public int Count => Start.Count - 1;

    /// <summary>Where each history begins, and behind them the number of positions: (histories + 1).</summary>
    public Ids Start { get; } = new(0);

    /// <summary>The item at each position: (positions).</summary>
    public Ids Items { get; } = new();

    /// <summary>
    /// Each position's place in a window of L, counted so that a history's last item stands in the last place, L − 1: (positions). Shorter histories
    /// have the places they would have with padding in front.
    /// </summary>
    public Ids Places { get; } = new();

    /// <summary>The user of each position, (positions); empty if they are unknown to training.</summary>
    public Ids Users { get; } = new();

    /// <summary>1 for each position, and 0 where the item is hidden from the model: (positions).</summary>
    public Floats Shown { get; } = new();

    /// <summary>The last position of each history: (histories).</summary>
    public Ids Last { get; } = new();

    /// <summary>The positions in order of time, for models that go step by step.</summary>
    internal TimeOrder ByTime
    {
        get
        {
            if (!_ordered) _byTime.Build(Start.Rows);
            _ordered = true;
            return _byTime;
        }
    }

    /// <summary>The last few items up to each position, for models that look at no more.</summary>
    internal TimeWindows Windows(int width)
    {
        if (_width != width) _windows.Build(Items.Rows, Start.Rows, width);
        _width = width;
        return _windows;
    }

    /// <summary>Makes room for histories of these lengths and returns the items, to be written at once. Nothing is hidden, and no user is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A history is empty or longer than L.</exception>
    public Span<int> Refill(ReadOnlySpan<int> lengths)
    {
        Span<int> start = Start.Refill(lengths.Length + 1), last = Last.Refill(lengths.Length);
        start[0] = 0;
        for (var s = 0; s < lengths.Length; s++)
        {
            if (lengths[s] < 1 || lengths[s] > Length)
                throw new ArgumentOutOfRangeException(nameof(lengths), $"A history here holds 1 to {Length} items, not {lengths[s]}.");
            start[s + 1] = start[s] + lengths[s];
            last[s] = start[s + 1] - 1;
        }
        var places = Places.Refill(start[^1]);
        for (var s = 0; s < lengths.Length; s++)
            for (var at = start[s]; at < start[s + 1]; at++) places[at] = Length - start[s + 1] + at;
        Shown.Refill(start[^1]).Fill(1);
        Users.Refill(0);
        (_ordered, _width) = (false, 0);
        return Items.Refill(start[^1]);
    }

    /// <summary>The same histories, to be changed apart from these.</summary>
    internal Sequences Copy()
    {
        var copy = new Sequences(Length);
        var start = Start.Rows.ToArray();
        Items.Rows.CopyTo(copy.Refill([.. Enumerable.Range(0, Count).Select(s => start[s + 1] - start[s])]));
        Shown.Tensor.Values.CopyTo(copy.Shown.Refill(Items.Count));
        copy.Users.Fill(Users.Rows);
        return copy;
    }

    /// <summary>Rebuilds the row groupings that earlier contents were asked for.</summary>
    public void Regroup()
    {
        Items.Regroup();
        Places.Regroup();
        Users.Regroup();
    }
}

using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>For each position of several histories the last few items up to it, oldest first.</summary>
internal sealed class TimeWindows
{
    /// <summary>The items, window after window; before a history's start its first one: (positions · width).</summary>
    public Ids Items { get; } = new();

    /// <summary>1, and 0 before a history's start: (positions · width).</summary>
    public Floats There { get; } = new();

    public void Build(ReadOnlySpan<int> items, ReadOnlySpan<int> start, int width)
    {
        var rows = Items.Refill(items.Length * width);
        var there = There.Refill(items.Length * width);
        var n = 0;
        for (var s = 0; s + 1 < start.Length; s++)
            for (var position = start[s]; position < start[s + 1]; position++)
                for (var from = position - width + 1; from <= position; from++, n++)
                {
                    rows[n] = items[Math.Max(from, start[s])];
                    there[n] = from >= start[s] ? 1 : 0;
                }
    }
}

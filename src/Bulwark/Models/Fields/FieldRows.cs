using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>The categories of some examples, field by field. It is refilled rather than made anew.</summary>
/// <param name="fields">How many fields there are.</param>
public sealed class FieldRows(int fields)
{
    private readonly Ids[] _categories = [.. Enumerable.Range(0, fields).Select(_ => new Ids())];

    /// <summary>How many examples there are.</summary>
    public int Count { get; private set; }

    /// <summary>The category of each example in a field: (batch).</summary>
    public Ids this[int field] => _categories[field];

    /// <summary>The fields of a table, from <paramref name="first"/> on, for these of its rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such row.</exception>
    public void Fill(FieldTable table, ReadOnlySpan<int> rows, int first = 0)
    {
        foreach (var row in rows)
            if ((uint)row >= (uint)table.Count) throw new ArgumentOutOfRangeException(nameof(rows), row, $"The table has {table.Count} rows.");
        Count = rows.Length;
        for (var f = 0; f < table.Categories.Count; f++)
        {
            var indices = table.Categories[f].Indices.Span;
            var to = _categories[first + f].Refill(rows.Length);
            for (var b = 0; b < to.Length; b++) to[b] = indices[rows[b]];
        }
    }

    /// <summary>Rebuilds the row groupings that earlier contents were asked for.</summary>
    public void Regroup()
    {
        foreach (var categories in _categories) categories.Regroup();
    }
}

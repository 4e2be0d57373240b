using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>The users, or the items, of a recommender as rows of fields. Their numbers are given: training leaves them, an attack may move them.</summary>
/// <param name="name">What the numbers are called.</param>
/// <param name="table">A row for each.</param>
internal sealed class FieldSide(string name, FieldTable table)
{
    private readonly Ids _all = new([.. Enumerable.Range(0, table.Count)]);

    public FieldTable Table => table;

    /// <summary>The numbers of all, (count, numbers).</summary>
    public Variable Numbers { get; } = new($"{name}-numbers") { IsGiven = true };

    public bool HasNumbers => table.Numbers.Count > 0;

    public Point Start(Point at) => HasNumbers ? at.With(Numbers, Given()) : at;

    /// <summary>The numbers of some, or of all: those at the point, or the table's where this side does not stand there.</summary>
    public Tensor NumbersOf(Point at, Ids? some)
    {
        var all = at.Has(Numbers) ? at[Numbers] : Given();
        return some is null ? all : all.Rows(some);
    }

    private Tensor Given()
    {
        var values = new float[table.Count * table.Numbers.Count];
        for (var i = 0; i < values.Length; i++) values[i] = table.Numbers[i % table.Numbers.Count].Values.Span[i / table.Numbers.Count];
        return Tensor.Of((table.Count, table.Numbers.Count), values);
    }

    /// <summary>The fields of some, or of all: their categories, and the point with their numbers where a formula of this shape reads them.</summary>
    public (Point At, FieldRows Rows) Of(Point at, FieldShape shape, Ids? some = null)
    {
        var rows = new FieldRows(table.Categories.Count);
        rows.Fill(table, (some ?? _all).Rows);
        return (HasNumbers ? at.With(shape.Numbers, NumbersOf(at, some)) : at, rows);
    }
}

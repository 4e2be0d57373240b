using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// A row for each field of an example: e_f = V_f[c_f] for a category c, e_f = x_f v_f for a number x. What is unknown starts at zero, and so says
/// nothing until training shows what to make of it.
/// </summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="shape">The fields.</param>
/// <param name="width">d.</param>
internal sealed class FieldEmbedding(string name, FieldShape shape, int width)
{
    private readonly Variable[] _tables = [.. shape.Categories.Select(field => new Variable($"{name}.{field.Name}"))];
    private readonly Variable _numbers = new($"{name}.numbers");

    /// <summary>V, (categories, d) for each field of categories.</summary>
    public IReadOnlyList<Variable> Tables => _tables;

    /// <summary>Starting values: normal with this deviation.</summary>
    public Point Start(Point at, float deviation, Rng rng)
    {
        foreach (var (table, field) in _tables.Zip(shape.Categories))
        {
            var known = Tensor.Gaussian((field.Size - 1, width), deviation, rng.Fork(table.Name));
            at = at.With(table, Tensor.Concat(0, Tensor.Zeros((1, width)), known));
        }
        return shape.NumberCount == 0 ? at : at.With(_numbers, Tensor.Gaussian((shape.NumberCount, width), deviation, rng.Fork(_numbers.Name)));
    }

    /// <summary>e, (batch, fields, d).</summary>
    public Tensor Of(Point at, FieldRows rows)
    {
        var parts = new List<Tensor>();
        for (var f = 0; f < _tables.Length; f++) parts.Add(at[_tables[f]].Rows(rows[f]));        // (batch, d)
        if (shape.NumberCount > 0)
        {
            var scaled = at[shape.Numbers].Reshape((rows.Count, shape.NumberCount, 1)) * at[_numbers];
            parts.Add(scaled.Reshape((rows.Count, shape.NumberCount * width)));
        }
        return Tensor.Concat(-1, [.. parts]).Reshape((rows.Count, shape.Count, width));
    }

    /// <summary>e side by side, (batch, fields · d): what a network takes.</summary>
    public Tensor Flat(Point at, FieldRows rows) => Flat(Of(at, rows));

    /// <inheritdoc cref="Flat(Point, FieldRows)"/>
    public static Tensor Flat(Tensor e) => e.Reshape((e.Shape[0], e.Shape.RowLength));
}

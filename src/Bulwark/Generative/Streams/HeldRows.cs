using Bulwark.Tensors;

namespace Bulwark.Generative.Streams;

/// <summary>Rows of a table that a window's events touch.</summary>
/// <param name="Table">The table.</param>
/// <param name="Past">How many events each row of the table had before.</param>
/// <param name="Rows">Which rows, ascending.</param>
internal sealed record HeldRows(Variable Table, IReadOnlyList<int> Past, int[] Rows)
{
    /// <summary>(rows, d) as they are at a point, one after another.</summary>
    public float[] At(Point at) => Of(at[Table], Rows);

    /// <summary>These rows of a table, one after another.</summary>
    public static float[] Of(Tensor table, int[] rows)
    {
        using var scope = Scope.Open();
        return table.Rows(new Ids(rows)).Values.ToArray();
    }
}

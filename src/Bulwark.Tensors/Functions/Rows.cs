using Bulwark.Tensors.Forms;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// Rows of a table by id: (rows, …) and b ids give (b, …). ∂/∂table is row-sparse: row r receives the sum over the places where r
    /// was read. Nothing is copied until a dense reader comes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not a row.</exception>
    public static Tensor Rows(this Tensor table, Ids ids)
    {
        if (table.Shape.Rank == 0) throw new ArgumentException("A scalar has no rows.");
        ids.CheckWithin(table.Shape[0]);
        return Tape.Record(new Tensor(table.Shape.With(0, ids.Count), new Picked(table, ids)), RowsPull, ids, 0, table);
    }

    /// <summary>The pullback of <see cref="Rows"/>: a table of this shape, zero but for row ids[b] += x[b].</summary>
    public static Tensor ScatterRows(this Tensor x, Ids ids, Shape table)
    {
        var terms = x.Form is Scaled scaled ? scaled.Terms : [new Term(null, x)];
        var scatters = new Scatter[terms.Length];
        for (var t = 0; t < terms.Length; t++) scatters[t] = new Scatter(ids, terms[t].Coefficient, terms[t].Source);
        return Tape.Record(new Tensor(table, new RowSum(scatters)), ScatterRowsPull, ids, 0, x);
    }

    private static readonly Pullback RowsPull = static (node, gradient, _) => gradient.ScatterRows((Ids)node.Data!, node.Inputs[0].Shape);

    private static readonly Pullback ScatterRowsPull = static (node, gradient, _) => gradient.Rows((Ids)node.Data!);
}

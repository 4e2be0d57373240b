using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>ŷ(x, i) = x · e_i + b_i: how rows are compared with items.</summary>
/// <param name="rows">e, (items, d).</param>
/// <param name="bias">b, (items); null without.</param>
public sealed class ItemHead(Variable rows, Variable? bias = null)
{
    /// <summary>Every item for each row: (n, d) to (n, items).</summary>
    public Tensor All(Point at, Tensor x) => x.Linear(at[rows], bias is null ? null : at[bias], transpose: true);

    /// <summary>These items for each row: (n, d) and k items to (n, k).</summary>
    public Tensor Some(Point at, Tensor x, Ids items)
    {
        var score = x.MatMul(at[rows].Rows(items), transposeY: true);
        return bias is null ? score : score + at[bias].Rows(items);
    }

    /// <summary>One item for each row: (n, d) and n items to (n).</summary>
    public Tensor Each(Point at, Tensor x, Ids items)
    {
        var score = x.Dot(at[rows].Rows(items));
        return bias is null ? score : score + at[bias].Rows(items);
    }
}

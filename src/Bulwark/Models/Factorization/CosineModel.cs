using Bulwark.Tensors;

namespace Bulwark.Models.Factorization;

/// <summary>
/// ŷ(u, i) = cos(p_u, q_i) for the rows of any model: what the cosine contrastive loss trains (SimpleX: Mao et al. 2021). How long a row is says
/// nothing. Someone unknown to training is folded in by least squares over the item rows at length 1.
/// </summary>
/// <param name="rows">The model that has the rows.</param>
public sealed class CosineModel(IRowModel rows) : IRowModel
{
    private const float Shortest = 1e-12f;                   // a row of zeros stays one

    /// <summary>The model that has the rows.</summary>
    public IRowModel Rows => rows;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => rows.Tables;

    /// <inheritdoc/>
    public int UserCount => rows.UserCount;

    /// <inheritdoc/>
    public int ItemCount => rows.ItemCount;

    /// <inheritdoc/>
    public Point Start(Rng rng) => rows.Start(rng);

    /// <inheritdoc/>
    public Point Prepared(Point at) => rows.Prepared(at);

    /// <inheritdoc/>
    public Point PreparedFor(Point at, params ReadOnlySpan<Ids> items) => rows.PreparedFor(at, items);

    /// <summary>The rows of some users at length 1, or of all: (batch, d).</summary>
    public Tensor UserRows(Point at, Ids? some = null, Rng? rng = null) => Unit(rows.UserRows(at, some, rng));

    /// <summary>The rows of some items at length 1, or of all: (batch, d).</summary>
    public Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null) => Unit(rows.ItemRows(at, some, rng));

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var prepared = PreparedFor(at, items);
        return UserRows(prepared, users, rng?.Fork("users")).Dot(ItemRows(prepared, items, rng?.Fork("items")));    // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var prepared = Prepared(at);
        return UserRows(prepared, users).MatMul(ItemRows(prepared), transposeY: true);           // (users, items)
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var items = ItemRows(at);
        return FoldIn.Row(items, history).MatMul(items, transposeY: true).Reshape(ItemCount);
    }

    private static Tensor Unit(Tensor x) => x.ScaleRows(1 / x.NormOfRows().Maximum(Tensor.Scalar(Shortest)));
}

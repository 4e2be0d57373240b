using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Models.Graph;

/// <summary>Settings of <see cref="LightGcn"/>.</summary>
/// <param name="Layers">K, how far rows travel over the graph; 0 is matrix factorization.</param>
/// <param name="Dimension">d, the length of the rows.</param>
/// <param name="Deviation">The standard deviation of the starting rows.</param>
public sealed record LightGcnOptions(int Layers = 3, int Dimension = 64, float Deviation = 0.1f);

/// <summary>
/// LightGCN (He et al. 2020): ŷ(u, i) = e_u · e_i with E = (E⁰ + ÂE⁰ + … + ÂᴷE⁰) / (K + 1), where Â_ui = 1 / √(n_u n_i) for the n_u items that u
/// touched and the n_i users who touched i. Someone unknown to training is folded in by least squares over the propagated item rows.
/// </summary>
public sealed class LightGcn : IRowModel
{
    private readonly LightGcnOptions _options;
    private readonly NormalizedGraph _graph;
    private readonly Variable _propagatedUsers = new("propagated-users"), _propagatedItems = new("propagated-items");

    /// <summary>The formula over the graph of these pairs; values are not read.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or K is negative.</exception>
    public LightGcn(Interactions train, LightGcnOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Layers);
        (_options, _graph) = (options, new NormalizedGraph(train));
    }

    /// <summary>E⁰ of users, (users, d).</summary>
    public Variable Users { get; } = new("users");

    /// <summary>E⁰ of items, (items, d).</summary>
    public Variable Items { get; } = new("items");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [Users, Items];

    /// <inheritdoc/>
    public int UserCount => _graph.ToUsers.RowCount;

    /// <inheritdoc/>
    public int ItemCount => _graph.ToUsers.ColumnCount;

    /// <inheritdoc/>
    public Point Start(Rng rng) => new(
        (Users, Tensor.Gaussian((UserCount, _options.Dimension), _options.Deviation, rng.Fork("users"))),
        (Items, Tensor.Gaussian((ItemCount, _options.Dimension), _options.Deviation, rng.Fork("items"))));

    /// <inheritdoc/>
    public Point Prepared(Point at)
    {
        var (users, items) = Rows(at);
        return at.With(_propagatedUsers, users).With(_propagatedItems, items);
    }

    /// <inheritdoc/>
    public Tensor UserRows(Point at, Ids? some = null, Rng? rng = null) => some is null ? Rows(at).Users : Rows(at).Users.Rows(some);

    /// <inheritdoc/>
    public Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null) => some is null ? Rows(at).Items : Rows(at).Items.Rows(some);

    /// <summary>The propagated rows, (users, d) and (items, d).</summary>
    public (Tensor Users, Tensor Items) Rows(Point at)
    {
        if (at.Has(_propagatedUsers)) return (at[_propagatedUsers], at[_propagatedItems]);
        var (users, items) = (at[Users], at[Items]);                                             // (users, d), (items, d)
        var (ofUsers, ofItems) = (users, items);
        for (var layer = 0; layer < _options.Layers; layer++)
        {
            (users, items) = (_graph.ToUsers.SparseMatMul(items), _graph.ToItems.SparseMatMul(users));
            (ofUsers, ofItems) = (ofUsers + users, ofItems + items);
        }
        var share = 1f / (_options.Layers + 1);
        return _options.Layers == 0 ? (ofUsers, ofItems) : (ofUsers * share, ofItems * share);
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var (ofUsers, ofItems) = Rows(at);
        return ofUsers.Rows(users).Dot(ofItems.Rows(items));                                     // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var (ofUsers, ofItems) = Rows(at);
        return ofUsers.Rows(users).MatMul(ofItems, transposeY: true);                            // (users, items)
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var items = Rows(at).Items;
        return FoldIn.Row(items, history).MatMul(items, transposeY: true).Reshape(ItemCount);
    }
}

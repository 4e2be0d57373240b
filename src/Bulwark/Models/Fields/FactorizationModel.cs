using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// A <see cref="FactorizationMachine"/> over the fields of users and items as a recommender. The sum over pairs of fields falls into pairs of user fields,
/// pairs of item fields, and one product: ŷ(u, i) = fm(u) + fm(i) + z_u · z_i, z = Σ_f e_f over the fields of one side. So all items cost a matrix
/// product, and someone unknown to training is folded in by least squares over z.
/// </summary>
public sealed class FactorizationModel : IRowModel
{
    private readonly FieldSide _users, _items;
    private readonly FactorizationMachine _ofUsers, _ofItems;

    /// <summary>A recommender of these users and items.</summary>
    /// <param name="users">A row for each user: see <see cref="FieldTable.OfIds(string, ReadOnlySpan{int})"/>.</param>
    /// <param name="items">A row for each item.</param>
    /// <param name="dimension">d, the length of the rows.</param>
    /// <param name="deviation">The standard deviation of the starting rows.</param>
    public FactorizationModel(FieldTable users, FieldTable items, int dimension, float deviation = 0.01f)
    {
        (_users, _items) = (new("user", users), new("item", items));
        (_ofUsers, _ofItems) = (new(new FieldShape(users), dimension, deviation, "user."), new(new FieldShape(items), dimension, deviation, "item."));
    }

    private FactorizationModel(FactorizationModel other, FieldTable moments) =>
        (_users, _items, _ofUsers, _ofItems) = (new("moment", moments), other._items, other._ofUsers, other._ofItems);

    /// <inheritdoc cref="FieldModel.At"/>
    public FactorizationModel At(FieldTable moments) => new(this, moments);

    /// <summary>The numbers of all users, (users, numbers).</summary>
    public Variable UserNumbers => _users.Numbers;

    /// <summary>The numbers of all items, (items, numbers).</summary>
    public Variable ItemNumbers => _items.Numbers;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [.. _ofUsers.Tables, .. _ofItems.Tables];

    /// <inheritdoc/>
    public int UserCount => _users.Table.Count;

    /// <inheritdoc/>
    public int ItemCount => _items.Table.Count;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _items.Start(_users.Start(_ofItems.Start(_ofUsers.Start(rng), rng)));

    /// <summary>z of users, (batch, d).</summary>
    public Tensor UserRows(Point at, Ids? some = null, Rng? rng = null) => Side(at, _users, _ofUsers, some).Rows;

    /// <summary>z of items, (batch, d).</summary>
    public Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null) => Side(at, _items, _ofItems, some).Rows;

    /// <summary>fm of users, (batch).</summary>
    public Tensor? UserBiases(Point at, Ids some) => Side(at, _users, _ofUsers, some).Own;

    /// <summary>fm of items, (items).</summary>
    public Tensor? ItemBiases(Point at) => Side(at, _items, _ofItems, null).Own;

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var ((ofUsers, user), (ofItems, item)) = (Side(at, _users, _ofUsers, users), Side(at, _items, _ofItems, items));
        return user.Dot(item) + ofUsers + ofItems;                                               // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var ((ofUsers, user), (ofItems, item)) = (Side(at, _users, _ofUsers, users), Side(at, _items, _ofItems, null));
        return user.MatMul(item, transposeY: true) + ofUsers.Reshape((users.Count, 1)) + ofItems;          // (users, items)
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var (ofItems, item) = Side(at, _items, _ofItems, null);
        return FoldIn.Row(item, history).MatMul(item, transposeY: true).Reshape(ItemCount) + ofItems;
    }

    /// <summary>fm, (batch), and z, (batch, d), of some or all of a side.</summary>
    private static (Tensor Own, Tensor Rows) Side(Point at, FieldSide side, FactorizationMachine machine, Ids? some)
    {
        var (here, rows) = side.Of(at, machine.Shape, some);
        return (machine.Score(here, rows), machine.Sums(here, rows));
    }
}

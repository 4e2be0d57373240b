using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// ŷ(u, i) = f(fields of u ; fields of i): a recommender from any formula of fields. Someone unknown to training has no fields, and gets what is
/// popular; an item that occurs nowhere in training is scored by its other fields.
/// </summary>
public sealed class FieldModel : IPairModel
{
    private readonly IFieldScorer _scorer;
    private readonly FieldSide _users, _items;

    /// <summary>A recommender of these users and items.</summary>
    /// <param name="users">A row for each user: see <see cref="FieldTable.OfIds(string, ReadOnlySpan{int})"/>.</param>
    /// <param name="items">A row for each item.</param>
    /// <param name="formula">Makes the formula for the fields of both, users' first.</param>
    public FieldModel(FieldTable users, FieldTable items, Func<FieldShape, IFieldScorer> formula) =>
        (_users, _items, _scorer) = (new("user", users), new("item", items), formula(new FieldShape(users, items)));

    private FieldModel(FieldModel other, FieldTable moments) => (_users, _items, _scorer) = (new("moment", moments), other._items, other._scorer);

    /// <summary>
    /// The same formula and variables where the users are these rows: users at moments, such as those of the training events, whose fields say who and when.
    /// What is trained at the moments of events ranks for the users' own rows, in which stands a moment of one's choice: their last, say.
    /// </summary>
    /// <param name="moments">The fields of the users' table, a row for each moment. Numbers of them do not stand at the point.</param>
    public FieldModel At(FieldTable moments) => new(this, moments);

    /// <summary>The numbers of all users, (users, numbers).</summary>
    public Variable UserNumbers => _users.Numbers;

    /// <summary>The numbers of all items, (items, numbers).</summary>
    public Variable ItemNumbers => _items.Numbers;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _scorer.Tables;

    /// <inheritdoc/>
    public int UserCount => _users.Table.Count;

    /// <inheritdoc/>
    public int ItemCount => _items.Table.Count;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _items.Start(_users.Start(_scorer.Start(rng)));

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var rows = new FieldRows(_scorer.Shape.Categories.Count);
        rows.Fill(_users.Table, users.Rows);
        rows.Fill(_items.Table, items.Rows, _users.Table.Categories.Count);
        Tensor[] numbers = [.. Numbers(at, _users, users), .. Numbers(at, _items, items)];
        return _scorer.Score(numbers.Length == 0 ? at : at.With(_scorer.Shape.Numbers, Tensor.Concat(-1, numbers)), rows, rng);
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users) => this.ScorePairs(at, users);

    /// <summary>Null: a formula of fields has no row for someone new that could be worked out.</summary>
    public Tensor? ScoreHistory(Point at, Ids history) => null;

    private static Tensor[] Numbers(Point at, FieldSide side, Ids some) => side.HasNumbers ? [side.NumbersOf(at, some)] : [];
}

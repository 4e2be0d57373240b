using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// ŷ(u, i) = tower(fields of u) · tower'(fields of i), each a network over embedded fields (Yi et al. 2019); inside a <see cref="CosineModel"/>, the
/// cosine. An item that occurs nowhere in training is scored by its other fields; someone unknown to training is folded in by least squares over the
/// items' rows.
/// </summary>
/// <param name="users">A row for each user: see <see cref="FieldTable.OfIds(string, ReadOnlySpan{int})"/>.</param>
/// <param name="items">A row for each item.</param>
/// <param name="outputs">The length of the rows that are compared.</param>
/// <param name="options">Sizes of the towers.</param>
public sealed class TwoTowers(FieldTable users, FieldTable items, int outputs, DeepOptions options) : IRowModel
{
    private readonly Half _users = new("user", users, new(users), outputs, options), _items = new("item", items, new(items), outputs, options);

    /// <summary>The numbers of all users, (users, numbers).</summary>
    public Variable UserNumbers => _users.Side.Numbers;

    /// <summary>The numbers of all items, (items, numbers).</summary>
    public Variable ItemNumbers => _items.Side.Numbers;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [.. _users.Embedding.Tables, .. _items.Embedding.Tables];

    /// <inheritdoc/>
    public int UserCount => users.Count;

    /// <inheritdoc/>
    public int ItemCount => items.Count;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _items.Start(_users.Start(new Point(), rng), rng);

    /// <inheritdoc/>
    public Tensor UserRows(Point at, Ids? some = null, Rng? rng = null) => _users.Of(at, some, rng);

    /// <inheritdoc/>
    public Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null) => _items.Of(at, some, rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null) =>
        UserRows(at, users, rng?.Fork("users")).Dot(ItemRows(at, items, rng?.Fork("items")));    // (batch)

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users) => UserRows(at, users).MatMul(ItemRows(at), transposeY: true);

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var rows = ItemRows(at);
        return FoldIn.Row(rows, history).MatMul(rows, transposeY: true).Reshape(ItemCount);
    }

    /// <summary>One of the towers.</summary>
    private sealed class Half(string name, FieldTable table, FieldShape shape, int outputs, DeepOptions options)
    {
        private readonly Tower _tower = new($"{name}.tower", shape.Count * options.Dimension, options.Layers, outputs, options.Dropout);

        public FieldSide Side { get; } = new(name, table);

        public FieldEmbedding Embedding { get; } = new($"{name}.embedding", shape, options.Dimension);

        public Point Start(Point at, Rng rng) => _tower.Start(Embedding.Start(Side.Start(at), options.Deviation, rng), rng);

        public Tensor Of(Point at, Ids? some, Rng? rng)
        {
            var (here, rows) = Side.Of(at, shape, some);
            return _tower.Of(here, Embedding.Flat(here, rows), rng);                             // (batch, outputs)
        }
    }
}

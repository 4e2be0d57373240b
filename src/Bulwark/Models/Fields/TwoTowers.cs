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
public sealed class TwoTowers : IRowModel
{
    private readonly Half _users, _items;

    /// <summary>A recommender of these users and items.</summary>
    /// <param name="users">A row for each user: see <see cref="FieldTable.OfIds(string, ReadOnlySpan{int})"/>.</param>
    /// <param name="items">A row for each item.</param>
    /// <param name="outputs">The length of the rows that are compared.</param>
    /// <param name="options">Sizes of the towers.</param>
    public TwoTowers(FieldTable users, FieldTable items, int outputs, DeepOptions options) : this(new("user", users, outputs, options), new("item", items, outputs, options)) { }

    private TwoTowers(Half users, Half items) => (_users, _items) = (users, items);

    /// <inheritdoc cref="FieldModel.At"/>
    public TwoTowers At(FieldTable moments) => new(_users.At(moments), _items);

    /// <summary>The numbers of all users, (users, numbers).</summary>
    public Variable UserNumbers => _users.Side.Numbers;

    /// <summary>The numbers of all items, (items, numbers).</summary>
    public Variable ItemNumbers => _items.Side.Numbers;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [.. _users.Embedding.Tables, .. _items.Embedding.Tables];

    /// <inheritdoc/>
    public int UserCount => _users.Side.Table.Count;

    /// <inheritdoc/>
    public int ItemCount => _items.Side.Table.Count;

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
    private sealed class Half
    {
        private readonly FieldShape _shape;
        private readonly DeepOptions _options;
        private readonly Tower _tower;

        public Half(string name, FieldTable table, int outputs, DeepOptions options)
        {
            (Side, _shape, _options) = (new(name, table), new(table), options);
            _tower = new($"{name}.tower", _shape.Count * options.Dimension, options.Layers, outputs, options.Dropout);
            Embedding = new($"{name}.embedding", _shape, options.Dimension);
        }

        private Half(Half other, FieldTable moments) =>
            (Side, _shape, _options, _tower, Embedding) = (new("moment", moments), other._shape, other._options, other._tower, other.Embedding);

        public FieldSide Side { get; }

        public FieldEmbedding Embedding { get; }

        public Half At(FieldTable moments) => new(this, moments);

        public Point Start(Point at, Rng rng) => _tower.Start(Embedding.Start(Side.Start(at), _options.Deviation, rng), rng);

        public Tensor Of(Point at, Ids? some, Rng? rng)
        {
            var (here, rows) = Side.Of(at, _shape, some);
            return _tower.Of(here, Embedding.Flat(here, rows), rng);                             // (batch, outputs)
        }
    }
}

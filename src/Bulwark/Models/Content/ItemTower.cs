using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>Settings of <see cref="ItemTower"/>.</summary>
/// <param name="Dimension">The length of the rows p and q; 0 for the content alone.</param>
/// <param name="FeatureDimension">The length of the rows θ.</param>
/// <param name="Deviation">The standard deviation of the starting rows.</param>
/// <param name="Shrink">s, as in <see cref="VbprOptions"/>.</param>
/// <param name="Profile">
/// Above 0, the tower starts as a content model: θ_u has this length and the direction of the sum of the vectors that u touched, and E is the identity. 0 for
/// a random start.
/// </param>
public sealed record ItemTowerOptions(int Dimension = 32, int FeatureDimension = 32, float Deviation = 0.01f, float Shrink = 0, float Profile = 0);

/// <summary>
/// ŷ(u, i) = t_i (b_i + p_u · q_i) + θ_u · E g(i) + β · g(i): VBPR's form (He and McAuley 2016; see <see cref="Vbpr"/> for t) over an encoder g of the
/// item's own content, such as its text or its picture, which is trained end to end with everything else. With rows p and q of length 0 it is
/// the content tower alone. An item that occurs nowhere in training (t = 0) is scored by its content; a history of someone unknown is folded in by least
/// squares over the rows [t q ; E g ; t b + β · g] less their mean. The loss of a batch encodes its items alone, each once; a recommender encodes the catalog once.
/// </summary>
public sealed class ItemTower : IRowModel
{
    private const int Most = 1 << 24;                        // float32 counts so far
    private const float Tiny = 1e-12f;                       // keeps who touched nothing from dividing 0 by 0
    private readonly IItemEncoder _encoder;
    private readonly Interactions _train;
    private readonly ItemTowerOptions _options;
    private readonly Tensor _trusted;
    private readonly Variable _trust = new("trust") { IsGiven = true }, _itemBias = new("item-bias");
    private readonly Variable _rows = new("item-rows"), _biases = new("item-biases"), _which = new("encoded-items");

    /// <summary>A model of the users and items of these data.</summary>
    /// <param name="train">Who touched what: how often an item occurs, and where a user's tastes may start.</param>
    /// <param name="encoder">g.</param>
    /// <param name="options">Sizes.</param>
    /// <exception cref="ArgumentException">There are not as many items in the data as are encoded, or s or the profile's length is negative.</exception>
    public ItemTower(Interactions train, IItemEncoder encoder, ItemTowerOptions options)
    {
        if (encoder.ItemCount != train.ItemCount)
            throw new ArgumentException($"The encoder has {encoder.ItemCount} items, the data {train.ItemCount}.", nameof(encoder));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(train.ItemCount, Most);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Profile);
        (_train, _encoder, _options, _trusted) = (train, encoder, options, Vbpr.Trust(train.ItemCounts(), options.Shrink));
    }

    /// <summary>p, (users, d).</summary>
    public Variable Users { get; } = new("users");

    /// <summary>q, (items, d).</summary>
    public Variable Items { get; } = new("items");

    /// <summary>θ, (users, k).</summary>
    public Variable Tastes { get; } = new("tastes");

    /// <summary>E, (columns, k), transposed.</summary>
    public Variable Embedding { get; } = new("feature-embedding");

    /// <summary>β, (columns, 1).</summary>
    public Variable FeatureBias { get; } = new("feature-bias");

    /// <summary>g.</summary>
    public IItemEncoder Encoder => _encoder;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => HasOwn ? [Users, Items, Tastes] : [Tastes];

    /// <inheritdoc/>
    public int UserCount => _train.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _encoder.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => true;

    private bool HasOwn => _options.Dimension > 0;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var (columns, k, deviation) = (_encoder.Dimension, _options.FeatureDimension, _options.Deviation);
        var at = _encoder.Start(rng.Fork("encoder"))
            .With(FeatureBias, Tensor.Zeros((columns, 1))).With(_itemBias, Tensor.Zeros(ItemCount)).With(_trust, _trusted);
        at = _options.Profile > 0 ? at.With(Tastes, Profiles(at)).With(Embedding, Identity(columns, k))
            : at.With(Tastes, Tensor.Gaussian((UserCount, k), deviation, rng.Fork("tastes")))
                .With(Embedding, Tensor.Gaussian((columns, k), deviation, rng.Fork("feature-embedding")));
        return !HasOwn ? at : at.With(Users, Tensor.Gaussian((UserCount, _options.Dimension), deviation, rng.Fork("users")))
            .With(Items, Tensor.Gaussian((ItemCount, _options.Dimension), deviation, rng.Fork("items")));
    }

    /// <inheritdoc/>
    public Point Prepared(Point at)
    {
        if (at.Has(_rows) && !at.Has(_which)) return at;
        int[] all = [.. Enumerable.Range(0, ItemCount)];
        return WithRows(at, at.Order == 0 ? _encoder.EncodeAll(at) : _encoder.Encode(at, all), all);
    }

    /// <inheritdoc/>
    public Point PreparedFor(Point at, params ReadOnlySpan<Ids> items)
    {
        if (at.Has(_rows)) return at;
        var some = new SortedSet<int>();
        foreach (var list in items)
            foreach (var item in list.Rows) some.Add(Known(item));
        int[] distinct = [.. some];
        return WithRows(at, _encoder.Encode(at, distinct), distinct).With(_which, Tensor.Of(distinct.Length, [.. distinct.Select(item => (float)item)]));
    }

    /// <summary>[p ; θ].</summary>
    public Tensor UserRows(Point at, Ids? some = null, Rng? rng = null) =>
        HasOwn ? Tensor.Concat(1, Of(at[Users], some), Of(at[Tastes], some)) : Of(at[Tastes], some);

    /// <summary>[t q ; E g].</summary>
    public Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null) => some is null ? Prepared(at)[_rows] : Read(at, some).Rows;

    /// <summary>t b + β · g.</summary>
    public Tensor? ItemBiases(Point at) => Prepared(at)[_biases];

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var (rows, biases) = Read(at, items);
        return UserRows(at, users).Dot(rows) + biases;                                           // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var whole = Prepared(at);
        return UserRows(whole, users).MatMul(whole[_rows], transposeY: true) + whole[_biases];   // (users, items)
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var whole = Prepared(at);
        var rows = Tensor.Concat(1, whole[_rows], whole[_biases].Reshape((ItemCount, 1)));       // (items, d + k + 1)
        rows -= rows.Mean(0, keep: true);                                                        // what all share ranks nothing, and would hide what sets them apart
        return FoldIn.Row(rows, history).MatMul(rows, transposeY: true).Reshape(ItemCount);
    }

    /// <summary>The rows and biases of some items, (batch, d + k) and (batch), from those that the point has or from their content.</summary>
    private (Tensor Rows, Tensor Biases) Read(Point at, Ids some)
    {
        if (!at.Has(_rows)) return Read(PreparedFor(at, some), some);
        var places = some;
        if (at.Has(_which))
        {
            var found = new int[some.Count];
            for (var b = 0; b < found.Length; b++)
                if ((found[b] = at[_which].Values.BinarySearch((float)some.Rows[b])) < 0) return Read(PreparedFor(Bare(at), some), some);
            places = new Ids(found);
        }
        return (at[_rows].Rows(places), at[_biases].Rows(places));
    }

    private Point WithRows(Point at, Tensor encoded, int[] items)
    {
        var (ids, tower) = (new Ids(items), encoded.MatMul(at[Embedding]));                      // (n, k)
        var trust = at[_trust].Rows(ids);
        var rows = HasOwn ? Tensor.Concat(1, at[Items].Rows(ids).ScaleRows(trust), tower) : tower;
        return at.With(_rows, rows).With(_biases, at[_itemBias].Rows(ids) * trust + encoded.MatMul(at[FeatureBias]).Reshape(items.Length));
    }

    /// <summary>Σ g over what each user touched, in its first k numbers and at the length of a profile: (users, k).</summary>
    private Tensor Profiles(Point at)
    {
        var (all, columns, k) = (_encoder.EncodeAll(at), _encoder.Dimension, _options.FeatureDimension);
        var sums = new float[UserCount * k];
        for (var row = 0; row < _train.Count; row++)
            for (var c = 0; c < Math.Min(k, columns); c++) sums[_train.User[row] * k + c] += all.Values[_train.Item[row] * columns + c];
        var profiles = Tensor.Of((UserCount, k), sums);
        return profiles.ScaleRows(_options.Profile / profiles.NormOfRows().Maximum(Tensor.Scalar(Tiny))).Keep();
    }

    private static Tensor Identity(int rows, int columns)
    {
        var values = new float[rows * columns];
        for (var c = 0; c < Math.Min(rows, columns); c++) values[c * columns + c] = 1;
        return Tensor.Of((rows, columns), values);
    }

    /// <summary>The point without rows of items.</summary>
    private Point Bare(Point at) =>
        new([.. at.Variables.ToArray().Where(one => one != _rows && one != _biases && one != _which).Select(one => (one, at[one]))]);

    private int Known(int item) => (uint)item < (uint)ItemCount ? item
        : throw new ArgumentOutOfRangeException(nameof(item), item, $"The model knows {ItemCount} items.");

    private static Tensor Of(Tensor table, Ids? some) => some is null ? table : table.Rows(some);
}

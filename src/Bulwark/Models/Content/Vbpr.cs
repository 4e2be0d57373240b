using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>Settings of <see cref="Vbpr"/>.</summary>
/// <param name="Dimension">The length of the rows p and q.</param>
/// <param name="FeatureDimension">The length of the rows θ: how many directions of the features matter.</param>
/// <param name="Deviation">The standard deviation of the starting rows.</param>
/// <param name="Shrink">s: an item with n interactions counts on its own row by n / (n + s); the fewer there are, the more the features decide.</param>
public sealed record VbprOptions(int Dimension = 32, int FeatureDimension = 32, float Deviation = 0.01f, float Shrink = 0);

/// <summary>
/// ŷ(u, i) = b_u + t_i (b_i + p_u · q_i) + θ_u · E f_i + β' · f_i, factorization beside features (VBPR: He and McAuley 2016), whatever the features are
/// of: images, texts or attributes. t_i = n_i / (n_i + s) trusts an item's own row by how often it occurs in training. An item that does not (t = 0) is
/// scored by its features alone; a history of someone unknown is folded in by least squares over the rows
/// [t q ; E f ; t b + β' · f].
/// </summary>
public sealed class Vbpr : IPairModel
{
    private readonly VbprOptions _options;
    private readonly Tensor _features, _trusted;
    private readonly Variable _userBias = new("user-bias"), _itemBias = new("item-bias"), _trust = new("trust") { IsGiven = true };

    /// <summary>A model of these users, and of as many items as there are features.</summary>
    /// <param name="users">How many.</param>
    /// <param name="features">f, (items, columns).</param>
    /// <param name="itemCounts">n, how often each item occurs in training, (items).</param>
    /// <param name="options">Sizes.</param>
    /// <exception cref="ArgumentException">The features are not one row for each item, or s is negative.</exception>
    public Vbpr(int users, Tensor features, ReadOnlySpan<int> itemCounts, VbprOptions options)
    {
        if (features.Shape.Rank != 2 || features.Shape[0] != itemCounts.Length)
            throw new ArgumentException($"Features of {itemCounts.Length} items need the shape (items, columns), not {features.Shape}.", nameof(features));
        (UserCount, _options, _features, _trusted) = (users, options, features.Keep(), Trust(itemCounts, options.Shrink));
    }

    /// <summary>f, (items, columns): given, not trained; an attack may move it.</summary>
    public Variable Features { get; } = new("features") { IsGiven = true };

    /// <summary>p, (users, d).</summary>
    public Variable Users { get; } = new("users");

    /// <summary>q, (items, d).</summary>
    public Variable Items { get; } = new("items");

    /// <summary>θ, (users, k).</summary>
    public Variable Tastes { get; } = new("tastes");

    /// <summary>E, (columns, k), transposed.</summary>
    public Variable Embedding { get; } = new("feature-embedding");

    /// <summary>β', (columns, 1).</summary>
    public Variable FeatureBias { get; } = new("feature-bias");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [Users, Items, Tastes];

    /// <inheritdoc/>
    public int UserCount { get; }

    /// <inheritdoc/>
    public int ItemCount => _features.Shape[0];

    /// <inheritdoc/>
    public bool ScoresNewItems => true;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var (columns, k) = (_features.Shape[1], _options.FeatureDimension);
        return new(
            (Users, Tensor.Gaussian((UserCount, _options.Dimension), _options.Deviation, rng.Fork("users"))),
            (Items, Tensor.Gaussian((ItemCount, _options.Dimension), _options.Deviation, rng.Fork("items"))),
            (Tastes, Tensor.Gaussian((UserCount, k), _options.Deviation, rng.Fork("tastes"))),
            (Embedding, Tensor.Gaussian((columns, k), _options.Deviation, rng.Fork("feature-embedding"))),
            (FeatureBias, Tensor.Zeros((columns, 1))), (_userBias, Tensor.Zeros(UserCount)), (_itemBias, Tensor.Zeros(ItemCount)),
            (Features, _features), (_trust, _trusted));
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var features = at[Features].Rows(items);                                                 // (batch, columns)
        var own = at[Users].Rows(users).Dot(at[Items].Rows(items)) + at[_itemBias].Rows(items);
        var taste = at[Tastes].Rows(users).Dot(features.MatMul(at[Embedding]));
        return own * at[_trust].Rows(items) + taste + features.MatMul(at[FeatureBias]).Reshape(items.Count) + at[_userBias].Rows(users);
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var own = at[Users].Rows(users).MatMul(Trusted(at), transposeY: true);                   // (users, items)
        var tastes = at[Tastes].Rows(users).MatMul(at[Embedding], transposeY: true);             // (users, columns)
        return own + tastes.MatMul(at[Features], transposeY: true) + ItemPart(at) + at[_userBias].Rows(users).Reshape((users.Count, 1));
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var own = ItemPart(at).Reshape((ItemCount, 1));                                          // weighed by the history: its scale is training's
        var rows = Tensor.Concat(1, Trusted(at), at[Features].MatMul(at[Embedding]), own);       // (items, d + k + 1)
        return FoldIn.Row(rows, history).MatMul(rows, transposeY: true).Reshape(ItemCount);
    }

    /// <summary>t = n / (n + s), (items).</summary>
    internal static Tensor Trust(ReadOnlySpan<int> counts, float shrink)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shrink);
        var trust = new float[counts.Length];
        for (var i = 0; i < trust.Length; i++) trust[i] = counts[i] > 0 ? counts[i] / (counts[i] + shrink) : 0;
        return Tensor.Of(trust.Length, trust).Keep();
    }

    /// <summary>t q, (items, d).</summary>
    private Tensor Trusted(Point at) => at[Items].ScaleRows(at[_trust]);

    /// <summary>t b + β' · f, (items).</summary>
    private Tensor ItemPart(Point at) => at[_itemBias] * at[_trust] + at[Features].MatMul(at[FeatureBias]).Reshape(ItemCount);
}

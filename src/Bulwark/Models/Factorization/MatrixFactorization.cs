using Bulwark.Tensors;

namespace Bulwark.Models.Factorization;

/// <summary>Settings of <see cref="MatrixFactorization"/>.</summary>
/// <param name="Dimension">d, the length of the rows.</param>
/// <param name="Biases">Whether users and items have biases.</param>
/// <param name="Mean">μ, added where there are biases: the mean rating.</param>
/// <param name="Deviation">The standard deviation of the starting rows.</param>
/// <param name="FoldIn">
/// The row of someone unknown to training, (1, d), from the item rows (items, d) and their history; null for <see cref="FoldIn.Row"/>.
/// </param>
public sealed record MatrixFactorizationOptions(
    int Dimension = 64, bool Biases = false, float Mean = 0, float Deviation = 0.01f, Func<Tensor, Ids, Tensor>? FoldIn = null);

/// <summary>
/// ŷ(u, i) = p_u · q_i, with biases + b_u + b_i + μ (Koren, Bell and Volinsky 2009): one formula for rankings (BPR), for ratings (squared
/// error), and for what needs no gradients (PureSVD, implicit ALS).
/// </summary>
public sealed class MatrixFactorization(int users, int items, MatrixFactorizationOptions options) : IRowModel
{
    /// <summary>User rows p, (users, d).</summary>
    public Variable Users { get; } = new("users");

    /// <summary>Item rows q, (items, d).</summary>
    public Variable Items { get; } = new("items");

    /// <summary>User biases, (users).</summary>
    public Variable UserBias { get; } = new("user-bias");

    /// <summary>Item biases, (items).</summary>
    public Variable ItemBias { get; } = new("item-bias");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [Users, Items];

    /// <inheritdoc/>
    public int UserCount => users;

    /// <inheritdoc/>
    public int ItemCount => items;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = new Point(
            (Users, Tensor.TruncatedGaussian((users, options.Dimension), options.Deviation, rng.Fork("users"))),
            (Items, Tensor.TruncatedGaussian((items, options.Dimension), options.Deviation, rng.Fork("items"))));
        return options.Biases ? at.With(UserBias, Tensor.Zeros(users)).With(ItemBias, Tensor.Zeros(items)) : at;
    }

    /// <summary>p.</summary>
    public Tensor UserRows(Point at, Ids? some = null, Rng? rng = null) => some is null ? at[Users] : at[Users].Rows(some);

    /// <summary>q.</summary>
    public Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null) => some is null ? at[Items] : at[Items].Rows(some);

    /// <summary>b_u.</summary>
    public Tensor? UserBiases(Point at, Ids some) => options.Biases ? at[UserBias].Rows(some) : null;

    /// <summary>b_i + μ.</summary>
    public Tensor? ItemBiases(Point at) => options.Biases ? at[ItemBias] + options.Mean : null;

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var score = at[Users].Rows(users).Dot(at[Items].Rows(items));                            // (batch)
        return options.Biases ? score + at[UserBias].Rows(users) + at[ItemBias].Rows(items) + options.Mean : score;
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var score = at[Users].Rows(users).MatMul(at[Items], transposeY: true);                   // (users, items)
        return options.Biases ? score + UserBiases(at, users)!.Reshape((users.Count, 1)) + ItemBiases(at)! : score;
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var score = (options.FoldIn ?? FoldIn.Row)(at[Items], history).MatMul(at[Items], transposeY: true).Reshape(items);
        return options.Biases ? score + at[ItemBias] + options.Mean : score;
    }
}

using Bulwark.Tensors;

namespace Bulwark.Models.Factorization;

/// <summary>
/// ŷ(u, i) = p_u · q_i, with biases + b_u + b_i + μ (Koren, Bell and Volinsky 2009): one formula for rankings (BPR) and for ratings
/// (squared error).
/// </summary>
public sealed class MatrixFactorization(int users, int items, MatrixFactorizationOptions options) : IPairModel
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
    public Point Start(Rng rng)
    {
        var at = new Point(
            (Users, Tensor.TruncatedGaussian((users, options.Dimension), options.Deviation, rng.Fork("users"))),
            (Items, Tensor.TruncatedGaussian((items, options.Dimension), options.Deviation, rng.Fork("items"))));
        return options.Biases ? at.With(UserBias, Tensor.Zeros(users)).With(ItemBias, Tensor.Zeros(items)) : at;
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var score = at[Users].Rows(users).Dot(at[Items].Rows(items));                            // (batch)
        return options.Biases ? score + at[UserBias].Rows(users) + at[ItemBias].Rows(items) + options.Mean : score;
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users) => throw new NotSupportedException();
}

using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>Settings of <see cref="NeuMf"/>.</summary>
/// <param name="Factors">Width of the factorization part, and of the MLP's last layer.</param>
/// <param name="Layers">Widths of the MLP: its input (user and item rows side by side) and hidden layers.</param>
/// <param name="Dropout">Share of each layer's input that is dropped in training.</param>
public sealed record NeuMfOptions(int Factors = 8, float Dropout = 0, params IReadOnlyList<int> Layers)
{
    /// <summary>Widths of the MLP; 4, 2 and 1 times the factors behind an input of 8 times them by default, as published.</summary>
    public IReadOnlyList<int> Layers { get; init; } = Layers.Count > 0 ? Layers : [8 * Factors, 4 * Factors, 2 * Factors, Factors];
}

/// <summary>
/// Neural matrix factorization (He et al. 2017): ŷ(u, i) = h · [p_u ⊙ q_i ; mlp(p'_u ; q'_i)], with tables of its own for either part.
/// </summary>
public sealed class NeuMf(int users, int items, NeuMfOptions options) : IPairModel
{
    private readonly Variable _users = new("users"), _items = new("items"), _deepUsers = new("users.mlp"), _deepItems = new("items.mlp");
    private readonly Variable _head = new("head"), _bias = new("head.bias");
    private readonly Mlp _mlp = new("mlp", options.Layers, options.Dropout);

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [_users, _items, _deepUsers, _deepItems];

    /// <inheritdoc/>
    public int UserCount => users;

    /// <inheritdoc/>
    public int ItemCount => items;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var (half, last) = (options.Layers[0] / 2, options.Layers[^1]);
        var bound = MathF.Sqrt(3f / (options.Factors + last));
        var at = new Point(
            (_users, Table(users, options.Factors, _users)), (_items, Table(items, options.Factors, _items)),
            (_deepUsers, Table(users, half, _deepUsers)), (_deepItems, Table(items, half, _deepItems)),
            (_head, Tensor.Uniform((options.Factors + last, 1), -bound, bound, rng.Fork(_head.Name))), (_bias, Tensor.Zeros(1)));
        return _mlp.Start(at, rng);

        Tensor Table(int rows, int width, Variable name) => Tensor.Gaussian((rows, width), 0.01f, rng.Fork(name.Name));
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var product = at[_users].Rows(users) * at[_items].Rows(items);                           // (batch, factors)
        var pair = Tensor.Concat(-1, at[_deepUsers].Rows(users), at[_deepItems].Rows(items)); // (batch, layers[0])
        var joined = Tensor.Concat(-1, product, _mlp.Of(at, pair, rng));                      // (batch, factors + layers[^1])
        return joined.Linear(at[_head], at[_bias]).Reshape(users.Count);                         // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users) => this.ScorePairs(at, users);

    /// <summary>Null: the interaction of rows is learned, so a row for someone new would need training.</summary>
    public Tensor? ScoreHistory(Point at, Ids history) => null;
}

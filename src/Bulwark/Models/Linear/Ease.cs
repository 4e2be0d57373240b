using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Models.Linear;

/// <summary>Settings of <see cref="Ease"/>.</summary>
/// <param name="L2">λ, above zero.</param>
public sealed record EaseOptions(float L2 = 500);

/// <summary>
/// EASE (Steck 2019): ŷ(u, i) = Σ_{j touched by u} B_ji, where B minimizes ‖X − XB‖² + λ ‖B‖² with zeros on its diagonal. With
/// P = (XᵀX + λI)⁻¹, B_ji = −P_ji / P_ii.
/// </summary>
public sealed class Ease : IPairModel
{
    private readonly Interactions _train;
    private readonly EaseOptions _options;

    /// <summary>The formula over these histories.</summary>
    /// <exception cref="ArgumentOutOfRangeException">λ is not above zero.</exception>
    /// <exception cref="DataException">The matrix of items by items would not fit into memory.</exception>
    public Ease(Interactions train, EaseOptions options)
    {
        if (!(options.L2 > 0)) throw new ArgumentOutOfRangeException(nameof(options), options.L2, "λ must be above zero.");
        (_train, _options) = (train, options);
        MemoryNeed.Check("EASE", ItemCount, ItemCount, 2, "use ItemKNN, RP3beta or PureSVD, or keep fewer items");   // P and B
    }

    /// <summary>B, (items, items): the row is of the item that was touched.</summary>
    public Variable Weights { get; } = new("item-weights");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [Weights];

    /// <inheritdoc/>
    public int UserCount => _train.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _train.ItemCount;

    /// <summary>Small random weights, for training by gradients; <see cref="Fit"/> needs none.</summary>
    public Point Start(Rng rng) => new((Weights, Tensor.Gaussian((ItemCount, ItemCount), 0.01f, rng.Fork(Weights.Name))));

    /// <summary>The minimum.</summary>
    /// <param name="cancel">Stops between blocks of rows.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items.</exception>
    public Point Fit(CancellationToken cancel = default)
    {
        var users = SparseRows.Of(_train);
        var (items, n) = (users.Transpose(), ItemCount);
        var matrix = new float[n * n];
        Rows(j =>                                                                                // XᵀX + λI
        {
            var row = matrix.AsSpan(j * n, n);
            foreach (var user in items.Row(j))
                foreach (var item in users.Row(user)) row[item]++;
            row[j] += _options.L2;
        });
        SymmetricInverse.Invert(matrix, n, cancel);                                              // P
        var diagonal = new float[n];
        for (var i = 0; i < n; i++) diagonal[i] = matrix[i * n + i];
        Rows(j =>
        {
            var row = matrix.AsSpan(j * n, n);
            for (var i = 0; i < n; i++) row[i] /= -diagonal[i];
            row[j] = 0;
        });
        return new Point((Weights, Tensor.Of((n, n), matrix)));

        void Rows(Action<int> body) => Team.Run((n + 31) / 32, body, (body, part) =>
        {
            cancel.ThrowIfCancellationRequested();
            for (int row = 32 * part, end = Math.Min(n, row + 32); row < end; row++) body(row);
        });
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var places = new Dictionary<int, int>();
        int[] rows = [.. users.Rows.ToArray().Select(user => places.TryAdd(user, places.Count) ? places.Count - 1 : places[user])];
        var x = new float[places.Count * ItemCount];                                             // (distinct users, items)
        foreach (var (user, place) in places)
        {
            Touched.CheckUser(user, UserCount);
            foreach (var item in _train.ByUser.SortedItems(user)) x[place * ItemCount + item] = 1;
        }
        var histories = Tensor.Of((places.Count, ItemCount), x).Rows(new Ids(rows));             // (batch, items)
        return histories.Dot(at[Weights].Transpose().Rows(items));                               // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var (touched, owners) = (new List<int>(), new List<int>());
        for (var b = 0; b < users.Count; b++)
        {
            Touched.CheckUser(users.Rows[b], UserCount);
            var items = _train.ByUser.SortedItems(users.Rows[b]);
            touched.AddRange(items);
            owners.AddRange(Enumerable.Repeat(b, items.Length));
        }
        return Sum(at, new Ids([.. touched]), new Ids([.. owners]), users.Count);
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var items = Touched.Items(history.Rows, ItemCount);
        return Sum(at, new Ids(items), new Ids(new int[items.Length]), 1).Reshape(ItemCount);
    }

    /// <summary>XB, where X has ones at the owners' touched items: (owners, items).</summary>
    private Tensor Sum(Point at, Ids touched, Ids owners, int count) => at[Weights].Rows(touched).ScatterRows(owners, (count, ItemCount));
}

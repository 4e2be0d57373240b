using Bulwark.Data;
using Bulwark.Models.Linear;
using Bulwark.Tensors;

namespace Bulwark.Models.Graph;

/// <summary>Settings of <see cref="GraphFilter"/>.</summary>
/// <param name="Factors">k, how many of the smoothest directions the ideal filter keeps.</param>
/// <param name="Ideal">β, how much it counts beside the linear filter.</param>
/// <param name="Sharpening">T, for how long the filtered history is sharpened; 0 is GF-CF as published.</param>
/// <param name="Iterations">How often the subspace of directions is multiplied with P.</param>
public sealed record GraphFilterOptions(int Factors = 256, float Ideal = 0.3f, float Sharpening = 0, int Iterations = 6);

/// <summary>
/// GF-CF (Shen et al. 2021): ŷ(u, ·) = x_u P + β x_u D^-½ V Vᵀ D^½, a history smoothed over the graph of items, P = R̃ᵀR̃, and over its k smoothest
/// directions V, the first right singular vectors of R̃; D holds the items' numbers of users. With T it is sharpened again by dy/dt = −yP up to T (the
/// blurring–sharpening process: Choi et al. 2023). Nothing is trained. <see cref="BagModel"/> makes a
/// model of it.
/// </summary>
public sealed class GraphFilter : IAutoencoder
{
    private const int Order = 4;                             // of the one Runge–Kutta step of sharpening
    private readonly GraphFilterOptions _options;
    private readonly NormalizedGraph _graph;
    private readonly Tensor _roots, _inverseRoots;           // D^½ and D^-½, (items); 0 for an item that nobody touched

    /// <summary>The formula over the graph of these pairs; values are not read.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or a setting is out of range.</exception>
    public GraphFilter(Interactions train, GraphFilterOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Factors, 1);
        if (!(options.Sharpening >= 0)) throw new ArgumentOutOfRangeException(nameof(options), options.Sharpening, "Sharpening takes time: T cannot be negative.");
        (_options, _graph) = (options, new NormalizedGraph(train));
        float[] roots = [.. Enumerable.Range(0, ItemCount).Select(item => MathF.Sqrt(_graph.ToItems.Length(item)))];
        _roots = Tensor.Of(ItemCount, roots);
        _inverseRoots = Tensor.Of(ItemCount, [.. roots.Select(root => root > 0 ? 1 / root : 0)]);
    }

    /// <summary>V, (items, k).</summary>
    public Variable Directions { get; } = new("item-directions");

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [Directions];

    /// <inheritdoc/>
    public int ItemCount => _graph.ToUsers.ColumnCount;

    /// <summary>Random directions; <see cref="Fit"/> finds the smoothest.</summary>
    public Point Start(Rng rng) =>
        new((Directions, Tensor.Gaussian((ItemCount, _options.Factors), 1 / MathF.Sqrt(ItemCount), rng.Fork(Directions.Name))));

    /// <summary>The smoothest directions.</summary>
    /// <param name="rng">The directions it starts from.</param>
    /// <param name="cancel">Stops between iterations.</param>
    public Point Fit(Rng rng, CancellationToken cancel = default) =>
        new((Directions, TruncatedSvd.Of(_graph.ToUsers, _options.Factors, _options.Iterations, rng, cancel).Basis));

    /// <summary>ŷ of each bag, (bags, items). Bags stand in columns meanwhile, so that a product with the graph reads whole rows.</summary>
    public Tensor Reconstruct(Point at, Bags bags, Rng? rng = null)
    {
        var x = new float[ItemCount * bags.Count];
        for (var n = 0; n < bags.Items.Count; n++) x[bags.Items.Rows[n] * bags.Count + bags.Owners.Rows[n]] = 1;
        var touched = at[Directions].Rows(bags.Items).ScaleRows(_inverseRoots.Rows(bags.Items));               // (touched, k)
        var codes = touched.ScatterRows(bags.Owners, (bags.Count, _options.Factors));            // x D^-½ V, (bags, k)
        var ideal = at[Directions].MatMul(codes, transposeY: true).ScaleRows(_roots);            // (items, bags)
        return Sharpened(Smoothed(Tensor.Of((ItemCount, bags.Count), x)) + ideal * _options.Ideal).Transpose();
    }

    /// <summary>e^{−TP} y up to the fourth power, by Horner's rule.</summary>
    private Tensor Sharpened(Tensor y)
    {
        if (_options.Sharpening == 0) return y;
        var sharp = y;
        for (var n = Order; n > 0; n--) sharp = y - Smoothed(sharp) * (_options.Sharpening / n);
        return sharp;
    }

    /// <summary>P y = R̃ᵀ R̃ y.</summary>
    private Tensor Smoothed(Tensor y) => _graph.ToItems.SparseMatMul(_graph.ToUsers.SparseMatMul(y));
}

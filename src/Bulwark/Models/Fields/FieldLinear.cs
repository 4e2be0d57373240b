using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>ŷ = w₀ + Σ_f w_f[c_f] + Σ_f w_f x_f: linear or logistic regression, by the loss; and the linear part of other models.</summary>
/// <param name="shape">The fields.</param>
/// <param name="name">What its variables' names begin with.</param>
public sealed class FieldLinear(FieldShape shape, string name = "linear") : IFieldScorer
{
    private readonly FieldEmbedding _weights = new(name, shape, 1);
    private readonly Variable _bias = new($"{name}.bias");

    /// <inheritdoc/>
    public FieldShape Shape => shape;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _weights.Tables;

    /// <inheritdoc/>
    public Point Start(Rng rng) => Start(new Point(), rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, FieldRows rows, Rng? rng = null) => _weights.Flat(at, rows).Sum(1) + at[_bias];

    internal Point Start(Point at, Rng rng) => _weights.Start(at, 0, rng).With(_bias, Tensor.Zeros(1));
}

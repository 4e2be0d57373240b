using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// ŷ = w₀ + Σ_f w_f x_f + Σ_{f &lt; g} x_f x_g v_f · v_g, a factorization machine (Rendle 2010): every pair of fields interacts through the rows of both.
/// </summary>
/// <param name="shape">The fields.</param>
/// <param name="dimension">d, the length of the rows.</param>
/// <param name="deviation">The standard deviation of the starting rows.</param>
/// <param name="name">What its variables' names begin with.</param>
public sealed class FactorizationMachine(FieldShape shape, int dimension, float deviation = 0.01f, string name = "") : IFieldScorer
{
    private readonly FieldLinear _linear = new(shape, $"{name}linear");
    private readonly FieldEmbedding _embedding = new($"{name}embedding", shape, dimension);

    /// <inheritdoc/>
    public FieldShape Shape => shape;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _embedding.Tables;

    /// <inheritdoc/>
    public Point Start(Rng rng) => Start(new Point(), rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, FieldRows rows, Rng? rng = null) => _linear.Score(at, rows) + Pairs(_embedding.Of(at, rows));

    /// <summary>Σ_{f &lt; g} e_f · e_g = ½ Σ_c (Σ_f e_fc)² − Σ_f e_fc²: (batch, fields, d) to (batch).</summary>
    internal static Tensor Pairs(Tensor e)
    {
        var sum = e.Sum(1);                                                                      // (batch, d)
        var flat = FieldEmbedding.Flat(e);
        return (sum.Dot(sum) - flat.Dot(flat)) * 0.5f;
    }

    /// <summary>Σ_f e_f, (batch, d): all that a further field of the same machine would interact with.</summary>
    internal Tensor Sums(Point at, FieldRows rows) => _embedding.Of(at, rows).Sum(1);

    internal Point Start(Point at, Rng rng) => _embedding.Start(_linear.Start(at, rng), deviation, rng);
}

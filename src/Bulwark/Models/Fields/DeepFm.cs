using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// ŷ = w₀ + Σ_f w_f x_f + Σ_{f &lt; g} e_f · e_g + mlp(e₁ ; e₂ ; …): a factorization machine beside a network over the same rows (DeepFM: Guo et al. 2017).
/// </summary>
/// <param name="shape">The fields.</param>
/// <param name="options">Sizes.</param>
public sealed class DeepFm(FieldShape shape, DeepOptions options) : IFieldScorer
{
    private readonly FieldLinear _linear = new(shape);
    private readonly FieldMlp _deep = new(shape, options);

    /// <inheritdoc/>
    public FieldShape Shape => shape;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _deep.Tables;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _deep.Start(_linear.Start(rng), rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, FieldRows rows, Rng? rng = null)
    {
        var e = _deep.Embed(at, rows);                                                           // (batch, fields, d)
        return _linear.Score(at, rows) + FactorizationMachine.Pairs(e) + _deep.Of(at, e, rng);
    }
}

using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// ŷ = w₀ + Σ_f w_f x_f + mlp(e₁ ; e₂ ; …) (Cheng et al. 2016): the wide part remembers categories and crosses of them, the network generalizes over
/// the rows of all fields that are not crosses.
/// </summary>
/// <param name="shape">The fields.</param>
/// <param name="options">Sizes of the network.</param>
public sealed class WideAndDeep(FieldShape shape, DeepOptions options) : IFieldScorer
{
    private readonly FieldLinear _wide = new(shape, "wide");
    private readonly FieldMlp _deep = new(shape.WithoutCrosses(), options);

    /// <inheritdoc/>
    public FieldShape Shape => shape;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _deep.Tables;

    /// <inheritdoc/>
    public Point Start(Rng rng) => _deep.Start(_wide.Start(rng), rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, FieldRows rows, Rng? rng = null) => _wide.Score(at, rows) + _deep.Score(at, rows, rng);
}

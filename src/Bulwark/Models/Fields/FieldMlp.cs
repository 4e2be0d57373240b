using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>ŷ = mlp(e₁ ; e₂ ; …): a network over the rows of all fields side by side.</summary>
/// <param name="shape">The fields.</param>
/// <param name="options">Sizes.</param>
public sealed class FieldMlp(FieldShape shape, DeepOptions options) : IFieldScorer
{
    private readonly FieldEmbedding _embedding = new("embedding", shape, options.Dimension);
    private readonly Tower _deep = new("deep", shape.Count * options.Dimension, options.Layers, 1, options.Dropout);

    /// <inheritdoc/>
    public FieldShape Shape => shape;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _embedding.Tables;

    /// <inheritdoc/>
    public Point Start(Rng rng) => Start(new Point(), rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, FieldRows rows, Rng? rng = null) => Of(at, _embedding.Of(at, rows), rng);

    /// <summary>The rows of the fields, (batch, fields, d).</summary>
    internal Tensor Embed(Point at, FieldRows rows) => _embedding.Of(at, rows);

    /// <summary>The network over such rows, (batch).</summary>
    internal Tensor Of(Point at, Tensor e, Rng? rng) => _deep.Of(at, FieldEmbedding.Flat(e), rng).Reshape(e.Shape[0]);

    internal Point Start(Point at, Rng rng) => _deep.Start(_embedding.Start(at, options.Deviation, rng), rng);
}

using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// x₀ = (e₁ ; e₂ ; …), x_{l+1} = x₀ ⊙ (x_l W_l + b_l) + x_l, ŷ = h · [x_L ; mlp(x₀)]: the deep and cross network, second version, in parallel
/// (DCN-v2: Wang et al. 2021). L layers hold products of up to L + 1 features.
/// </summary>
public sealed class DcnV2 : IFieldScorer
{
    private readonly DeepOptions _options;
    private readonly FieldEmbedding _embedding;
    private readonly Dense[] _crosses;
    private readonly Mlp _deep;
    private readonly Dense _head = new("head");
    private readonly int _width;

    /// <summary>The formula.</summary>
    /// <param name="shape">The fields.</param>
    /// <param name="crosses">L.</param>
    /// <param name="options">Sizes of rows and network.</param>
    public DcnV2(FieldShape shape, int crosses, DeepOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(crosses);
        (Shape, _options, _width) = (shape, options, shape.Count * options.Dimension);
        _embedding = new("embedding", shape, options.Dimension);
        _crosses = [.. Enumerable.Range(0, crosses).Select(layer => new Dense($"cross.{layer}"))];
        _deep = new("deep", [_width, .. options.Layers], options.Dropout);
    }

    /// <inheritdoc/>
    public FieldShape Shape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => _embedding.Tables;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = _embedding.Start(new Point(), _options.Deviation, rng);
        foreach (var cross in _crosses) at = cross.Start(at, _width, _width, rng);
        return _head.Start(_deep.Start(at, rng), _width + _options.Layers[^1], 1, rng);
    }

    /// <inheritdoc/>
    public Tensor Score(Point at, FieldRows rows, Rng? rng = null)
    {
        var first = _embedding.Flat(at, rows);                                                   // (batch, fields · d)
        var x = first;
        foreach (var cross in _crosses) x = first * cross.Of(at, x) + x;
        return _head.Of(at, Tensor.Concat(-1, x, _deep.Of(at, first, rng))).Reshape(rows.Count);
    }
}

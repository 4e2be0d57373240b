using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>Vectors that are given and not trained, of a frozen encoder or of anything else; an attack may move them.</summary>
/// <param name="vectors">(items, d).</param>
public sealed class GivenItems(Tensor vectors) : IItemEncoder
{
    private readonly Tensor _vectors = vectors.Keep();

    /// <summary>The vectors, (items, d).</summary>
    public Variable Content { get; } = new("features") { IsGiven = true };

    /// <inheritdoc/>
    public int ItemCount => _vectors.Shape[0];

    /// <inheritdoc/>
    public int Dimension => _vectors.Shape[1];

    /// <inheritdoc/>
    public Point Start(Rng rng) => new((Content, _vectors));

    /// <inheritdoc/>
    public Tensor Encode(Point at, ReadOnlySpan<int> items) => at[Content].Rows(new Ids(items));
}

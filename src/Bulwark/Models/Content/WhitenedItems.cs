using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>
/// (x − mean) W at length 1, W = U / √λ: another encoder's vectors in directions none of which tells more than another
/// (see <see cref="Text.ItemVectors.Whitened"/>). Mean and W are those of the vectors at the start and stay as they are.
/// </summary>
/// <param name="inner">x.</param>
/// <param name="mean">(d).</param>
/// <param name="map">W, (d, d).</param>
public sealed class WhitenedItems(IItemEncoder inner, Tensor mean, Tensor map) : IItemEncoder
{
    private const float Tiny = 1e-12f;                       // keeps a row of zeros from dividing 0 by 0
    private readonly Variable _mean = new("whitening.mean") { IsGiven = true }, _map = new("whitening.map") { IsGiven = true };
    private readonly (Tensor Mean, Tensor Map) _start = (mean.Keep(), map.Keep());

    /// <inheritdoc/>
    public int ItemCount => inner.ItemCount;

    /// <inheritdoc/>
    public int Dimension => inner.Dimension;

    /// <inheritdoc/>
    public Variable Content => inner.Content;

    /// <inheritdoc/>
    public Point Start(Rng rng) => inner.Start(rng).With(_mean, _start.Mean).With(_map, _start.Map);

    /// <inheritdoc/>
    public Tensor Encode(Point at, ReadOnlySpan<int> items)
    {
        var x = (inner.Encode(at, items) - at[_mean]).MatMul(at[_map]);                          // (n, d)
        return x.ScaleRows(1 / x.NormOfRows().Maximum(Tensor.Scalar(Tiny)));
    }
}

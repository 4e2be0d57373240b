using Bulwark.Models.Convolutional;
using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>Vectors of items' pictures by a small convolutional encoder. The pictures are given and not trained; an attack may move them.</summary>
public sealed class PictureItems : IItemEncoder
{
    private readonly ImageEncoder _encoder;
    private readonly Tensor _pictures;
    private readonly Point? _from;

    /// <summary>The pictures and their encoder.</summary>
    /// <param name="encoder">The formula.</param>
    /// <param name="pictures">(items, height, width, channels).</param>
    /// <param name="from">Values of the encoder that learned before; null to start from nothing.</param>
    /// <exception cref="ArgumentException">The pictures are not those that the encoder reads.</exception>
    public PictureItems(ImageEncoder encoder, Tensor pictures, Point? from = null)
    {
        if (pictures.Shape.Rank != 4 || !pictures.Shape.Without(0).Equals(encoder.Image))
            throw new ArgumentException($"Pictures need the shape (items, {encoder.Image}), not {pictures.Shape}.", nameof(pictures));
        (_encoder, _pictures, _from) = (encoder, pictures.Keep(), from);
    }

    /// <summary>The pictures, (items, height, width, channels).</summary>
    public Variable Content { get; } = new("pictures") { IsGiven = true };

    /// <inheritdoc/>
    public int ItemCount => _pictures.Shape[0];

    /// <inheritdoc/>
    public int Dimension => _encoder.Dimension;

    /// <inheritdoc/>
    public Point Start(Rng rng) => (_from ?? _encoder.Start(new Point(), rng)).With(Content, _pictures);

    /// <inheritdoc/>
    public Tensor Encode(Point at, ReadOnlySpan<int> items) => _encoder.Of(at, at[Content].Rows(new Ids(items)));
}

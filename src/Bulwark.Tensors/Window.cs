namespace Bulwark.Tensors;

/// <summary>What a convolution looks at for each place of its output, and where these places lie.</summary>
/// <param name="Height">Rows of pixels, 1 or more.</param>
/// <param name="Width">Columns of pixels, 1 or more.</param>
/// <param name="Stride">Pixels from one place to the next, down and across, 1 or more.</param>
/// <param name="Padding">Pixels of zeros around the image, 0 or more.</param>
public readonly record struct Window(int Height, int Width, int Stride = 1, int Padding = 0)
{
    /// <summary>How many places there are down and across images (n, height, width, channels).</summary>
    /// <exception cref="ArgumentException">The shape is not one of images, the window is none, or it does not fit into the padded image.</exception>
    public (int Down, int Across) Places(Shape images)
    {
        if (Height < 1 || Width < 1 || Stride < 1 || Padding < 0)
            throw new ArgumentException($"A window needs lengths and a stride of 1 or more and a padding of 0 or more, not {Height} × {Width} by {Stride} with {Padding}.");
        if (images.Rank != 4) throw new ArgumentException($"Images have the shape (n, height, width, channels), not {images}.");
        var (height, width) = (images[1] + 2 * Padding - Height, images[2] + 2 * Padding - Width);
        return height >= 0 && width >= 0 ? (height / Stride + 1, width / Stride + 1) : throw new ArgumentException(
            $"A window of {Height} × {Width} does not fit into images of {images[1]} × {images[2]} with a padding of {Padding}.");
    }
}

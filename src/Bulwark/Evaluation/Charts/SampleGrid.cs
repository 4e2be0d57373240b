using Bulwark.Tensors;

namespace Bulwark.Evaluation.Charts;

/// <summary>Many small gray images as one picture: in rows, with a gap of a pixel between them.</summary>
public static class SampleGrid
{
    private const byte Gap = 128;

    /// <summary>The picture as a PNG file; places without an image stay as the gap is.</summary>
    /// <param name="images">(count, height, width, 1); 0 is black and 1 white.</param>
    /// <param name="across">Images of a row.</param>
    /// <exception cref="ArgumentException">They are not gray images, or there is none in a row.</exception>
    public static byte[] Png(Tensor images, int across)
    {
        if (images.Shape is not { Rank: 4, Last: 1 } shape || across < 1)
            throw new ArgumentException($"A grid needs gray images, (count, height, width, 1), and one or more in a row, not {images.Shape} and {across}.");
        var (count, height, width) = (shape[0], shape[1], shape[2]);
        var (down, stride) = ((count + across - 1) / across, across * (width + 1) - 1);
        var pixels = new byte[(down * (height + 1) - 1) * stride];
        pixels.AsSpan().Fill(Gap);
        for (var row = 0; row < count * height; row++)
        {
            var (image, y) = Math.DivRem(row, height);
            var to = pixels.AsSpan((image / across * (height + 1) + y) * stride + image % across * (width + 1), width);
            for (var x = 0; x < width; x++) to[x] = (byte)MathF.Round(255 * Math.Clamp(images.Values[row * width + x], 0, 1));
        }
        return GrayPng.Encode(stride, pixels.Length / stride, pixels);
    }
}

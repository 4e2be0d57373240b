namespace Bulwark.Training;

/// <summary>Changes of inputs with classes: noise on any of them, and small moves of images.</summary>
public static class InputAugmentation
{
    /// <summary>x + σ N(0, I), drawn anew each step: how a model is trained that will be smoothed (Cohen et al. 2019).</summary>
    public static Augmentation<InputBatch> Noise(float sigma) => (batch, rng) =>
    {
        foreach (ref var value in batch.Rewrite()) value += sigma * (float)rng.NextGaussian();
    };

    /// <summary>
    /// Each image turned, scaled and shifted about its middle by amounts drawn uniformly, read by bilinear interpolation; what comes from outside is 0.
    /// </summary>
    /// <param name="pixels">The largest shift along each axis, in pixels.</param>
    /// <param name="degrees">The largest turn either way.</param>
    /// <param name="scale">The largest change of size: .1 scales by .9 to 1.1. Below 1.</param>
    /// <exception cref="ArgumentException">At the first batch: inputs are no images.</exception>
    public static Augmentation<InputBatch> Shifted(float pixels = 0, float degrees = 0, float scale = 0) => (batch, rng) =>
    {
        var shape = batch.Inputs.Shape;
        if (shape.Rank != 4) throw new ArgumentException($"Images have the shape (batch, height, width, channels), not {shape}; augment other inputs with noise.");
        var (size, from) = (shape.RowLength, new float[shape.RowLength]);
        var images = batch.Rewrite();
        for (var b = 0; b < batch.Count; b++)
        {
            var image = images.Slice(b * size, size);
            image.CopyTo(from);
            var angle = Between(degrees) * MathF.PI / 180;
            var (sine, cosine) = MathF.SinCos(angle);
            Resample(from, image, shape[1], shape[2], shape[3], (cosine, sine), 1 + Between(scale), (Between(pixels), Between(pixels)));
        }

        float Between(float most) => most * (2 * rng.NextSingle() - 1);
    };

    /// <summary>to[p] = from[middle + R⁻¹ (p − middle − shift) / scale].</summary>
    private static void Resample(
        ReadOnlySpan<float> from, Span<float> to, int height, int width, int channels, (float Cosine, float Sine) turn, float scale, (float Down, float Right) shift)
    {
        var (middleY, middleX) = ((height - 1) / 2f, (width - 1) / 2f);
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var (y, x) = ((row - middleY - shift.Down) / scale, (column - middleX - shift.Right) / scale);
                var (sourceY, sourceX) = (middleY + turn.Cosine * y - turn.Sine * x, middleX + turn.Sine * y + turn.Cosine * x);
                var (top, left) = ((int)MathF.Floor(sourceY), (int)MathF.Floor(sourceX));
                var (down, right) = (sourceY - top, sourceX - left);
                for (var channel = 0; channel < channels; channel++)
                    to[(row * width + column) * channels + channel] =
                        (1 - down) * ((1 - right) * At(from, top, left, channel) + right * At(from, top, left + 1, channel)) +
                        down * ((1 - right) * At(from, top + 1, left, channel) + right * At(from, top + 1, left + 1, channel));
            }

        float At(ReadOnlySpan<float> image, int row, int column, int channel) =>
            (uint)row < (uint)height && (uint)column < (uint)width ? image[(row * width + column) * channels + channel] : 0;
    }
}

using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>
/// Draws pictures and records clips of products. Taste's dimensions are read as s_d = σ(4 v_d): a picture's figure has the outline of the category, the color of the
/// brand, and size, softness, contrast, saturation and place by style; a clip has a tempo, a loudness and a timbre by style, seen in its frames and heard in its sound.
/// </summary>
internal static class MediaStudio
{
    public const int Side = 8, Bands = 16, Frames = 8, FrameWidth = 3;
    private const float Grain = 0.03f, Hiss = 0.03f;

    /// <summary>The media of all products.</summary>
    /// <param name="catalog">The products.</param>
    /// <param name="categories">How many categories there are.</param>
    /// <param name="rng">Grain and hiss.</param>
    public static ProductMedia Record(Catalog catalog, int categories, Rng rng)
    {
        var labels = new int[catalog.Count];
        var pictures = new float[catalog.Count * Side * Side * 3];
        var (sounds, frames) = (new float[catalog.Count * Bands], new float[catalog.Count * Frames * FrameWidth]);
        Span<float> style = stackalloc float[Catalog.Dim];
        for (var product = 0; product < labels.Length; product++)
        {
            var (category, own) = (labels[product] = product % categories, rng.Fork(product));
            for (var d = 0; d < style.Length; d++) style[d] = 1 / (1 + MathF.Exp(-4 * catalog.Vectors[product * Catalog.Dim + d]));
            Draw(style, category, catalog.Brands[product], own.Fork("picture"), Part(pictures, product, labels.Length));
            Shoot(style, category, own.Fork("frames"), Part(frames, product, labels.Length));
            Hear(style, category, own.Fork("sound"), Part(sounds, product, labels.Length));
        }
        return new(new((Side, Side, 3), pictures, labels), new(Bands, sounds, labels), new(Frames * FrameWidth, frames, labels));
    }

    /// <summary>A flower of 2 to 5 petals, turned by the category, in front of a plain ground.</summary>
    private static void Draw(ReadOnlySpan<float> style, int category, int brand, Rng rng, Span<float> pixels)
    {
        var (petals, turn, hue) = (2 + category % 4, category / 4 * 0.7f, brand * 0.618034f);
        var (size, soft, ground) = (0.45f + 0.4f * style[0], 0.08f + 0.25f * style[1], 0.1f + 0.6f * style[2]);
        for (var pixel = 0; pixel < Side * Side; pixel++)
        {
            var x = (pixel % Side + 0.5f) / Side * 2 - 1 - 0.4f * (style[4] - 0.5f);
            var y = (pixel / Side + 0.5f) / Side * 2 - 1 - 0.4f * (style[5] - 0.5f);
            var edge = size * (1 + 0.35f * MathF.Cos(petals * (MathF.Atan2(y, x) + turn)));
            var figure = 1 / (1 + MathF.Exp((MathF.Sqrt(x * x + y * y) - edge) / soft));
            for (var color = 0; color < 3; color++)
            {
                var paint = 0.5f + 0.5f * style[3] * MathF.Cos(MathF.Tau * (hue + color / 3f));
                var back = ground * (1 + 0.4f * (style[7] - 0.5f) * (1 - color));                 // warm: more red, less blue
                pixels[pixel * 3 + color] = Math.Clamp(figure * paint + (1 - figure) * back + Grain * (float)rng.NextGaussian(), 0, 1);
            }
        }
    }

    /// <summary>Light that swings with the tempo, motion that swings twice as fast as loud as the sound, and warmth.</summary>
    private static void Shoot(ReadOnlySpan<float> style, int category, Rng rng, Span<float> frames)
    {
        var (tempo, loud, phase) = (0.5f + 2 * style[0], 0.3f + style[1], category * 0.5f);
        for (var frame = 0; frame < Frames; frame++)
        {
            var swing = MathF.Sin(tempo * frame + phase);
            frames[frame * FrameWidth] = 0.5f + 0.4f * swing + Hiss * (float)rng.NextGaussian();
            frames[frame * FrameWidth + 1] = loud * (1 - swing * swing) + Hiss * (float)rng.NextGaussian();
            frames[frame * FrameWidth + 2] = style[2] * (1 - frame * style[3] / Frames) + Hiss * (float)rng.NextGaussian();
        }
    }

    /// <summary>Partials of a pitch that rises with the tempo: the warmer, the faster they fade; the category shifts their strengths.</summary>
    private static void Hear(ReadOnlySpan<float> style, int category, Rng rng, Span<float> bands)
    {
        var (pitch, loud, fade, wide) = (1.5f + 4 * style[0], 0.3f + style[1], 0.3f + 0.5f * (1 - style[2]), 0.5f + style[3]);
        for (var band = 0; band < Bands; band++)
        {
            var energy = 0f;
            for (var partial = 1; partial * pitch < Bands + 2; partial++)
            {
                var off = (band + 0.5f - partial * pitch) / wide;
                energy += MathF.Pow(fade, partial - 1) * (1 + 0.3f * MathF.Cos(category + partial)) * MathF.Exp(-off * off / 2);
            }
            bands[band] = loud * energy + Hiss * (float)rng.NextGaussian();
        }
    }

    private static Span<float> Part(float[] all, int part, int parts) => all.AsSpan(part * (all.Length / parts), all.Length / parts);
}

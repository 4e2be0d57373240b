using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>A world whose right answer is known: equally likely modes in the plane, each a Gaussian of one deviation.</summary>
/// <param name="modes">The modes' centers.</param>
/// <param name="deviation">σ.</param>
public sealed class GaussianMixture(IReadOnlyList<(float X, float Y)> modes, float deviation)
{
    private const float GoodWithin = 3;                      // deviations
    private const double CoveredAt = 0.1;                    // of a mode's fair share of samples

    /// <summary>How many modes there are.</summary>
    public int ModeCount => modes.Count;

    /// <summary>Modes around a circle.</summary>
    public static GaussianMixture Ring(int count = 8, float radius = 2, float deviation = 0.05f) => new(
        [.. Enumerable.Range(0, count).Select(i => 2 * MathF.PI * i / count).Select(angle => (radius * MathF.Cos(angle), radius * MathF.Sin(angle)))], deviation);

    /// <summary>Modes on a square grid around 0.</summary>
    public static GaussianMixture Grid(int side = 5, float apart = 2, float deviation = 0.1f) => new(
        [.. from i in Enumerable.Range(0, side) from j in Enumerable.Range(0, side) select (apart * (i - (side - 1) / 2f), apart * (j - (side - 1) / 2f))], deviation);

    /// <summary>Examples, each labeled with its mode.</summary>
    public LabeledInputs Draw(int count, Rng rng)
    {
        var (values, labels) = (new float[2 * count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = modes[labels[i] = rng.Next(modes.Count)];
            (values[2 * i], values[2 * i + 1]) = (x + deviation * (float)rng.NextGaussian(), y + deviation * (float)rng.NextGaussian());
        }
        return new(2, values, labels);
    }

    /// <summary>
    /// How many modes samples (n, 2) cover, and the share of good samples: those within 3 σ of a mode. A mode is covered if it has a tenth of its fair share
    /// of the samples, all of them good.
    /// </summary>
    public (int Covered, double Good) Judge(Tensor samples)
    {
        var values = samples.Values;
        var counts = new int[modes.Count];
        for (var i = 0; i < values.Length; i += 2)
        {
            for (var mode = 0; mode < counts.Length; mode++)
            {
                var (dx, dy) = (values[i] - modes[mode].X, values[i + 1] - modes[mode].Y);
                if (dx * dx + dy * dy <= GoodWithin * GoodWithin * deviation * deviation) counts[mode]++;
            }
        }
        var count = samples.Shape[0];
        return (counts.Count(own => own > 0 && own >= CoveredAt * count / counts.Length), (double)counts.Sum() / count);
    }
}

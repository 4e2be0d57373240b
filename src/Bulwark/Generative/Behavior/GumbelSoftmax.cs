using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Generative.Behavior;

/// <summary>One choice of each row by softmax(ℓ), straight-through (Jang, Gu and Poole 2017): the largest of ℓ + g, g Gumbel noise.</summary>
public static class GumbelSoftmax
{
    /// <summary>1 for the choice of each row, else 0, up to rounding: (count, choices). The gradient is that of softmax((ℓ + g) / T).</summary>
    /// <param name="scores">ℓ, (count, choices).</param>
    /// <param name="temperature">T.</param>
    /// <param name="rng">Draws g.</param>
    public static Tensor Choose(Tensor scores, float temperature, Rng rng)
    {
        var soft = ((scores + Noise(scores.Shape, rng)) * (1 / temperature)).Softmax();
        var hard = soft.Fixed();
        return soft + (Largest(hard) - hard);
    }

    /// <summary>g = −ln(−ln u), u uniform.</summary>
    internal static Tensor Noise(Shape shape, Rng rng) => -(-Tensor.Uniform(shape, 1e-7f, 1 - 1e-7f, rng).Log()).Log();

    private static Tensor Largest(Tensor x)
    {
        var (width, values) = (x.Shape.Last, new float[x.Shape.Count]);
        Span<int> best = stackalloc int[1];
        Span<float> value = stackalloc float[1];
        for (var row = 0; row < x.Shape.Rows; row++)
        {
            TopK.Select(x.Values.Slice(row * width, width), best, value);
            values[row * width + best[0]] = 1;
        }
        return Tensor.Of(x.Shape, values);
    }
}

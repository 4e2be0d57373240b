using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>A convolution the other way round, which enlarges images by its stride: (n, down, across, in) to (n, h, w, out).</summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="window">The convolution's, from (h, w) to (down, across).</param>
internal sealed class TransposedConvolution(string name, Window window)
{
    private readonly Variable _weight = new($"{name}.weight"), _bias = new($"{name}.bias");

    /// <summary>
    /// Starting values: uniform weights with the variance 2 / inputs of a pixel (He et al. 2015), which hears from (window / stride)² places; zero biases.
    /// </summary>
    public Point Start(Point at, int inputs, int outputs, Rng rng)
    {
        var bound = window.Stride * MathF.Sqrt(6f / (window.Height * window.Width * inputs));
        var weights = Tensor.Uniform((window.Height, window.Width, outputs, inputs), -bound, bound, rng.Fork($"{name}.weights"));
        return at.With(_weight, weights).With(_bias, Tensor.Zeros(outputs));
    }

    /// <summary>Images of so many pixels.</summary>
    public Tensor Of(Point at, Tensor x, int height, int width)
    {
        var weights = at[_weight];
        return x.ConvolveTransposed(weights, (x.Shape[0], height, width, weights.Shape[2]), window.Stride, window.Padding) + at[_bias];
    }
}

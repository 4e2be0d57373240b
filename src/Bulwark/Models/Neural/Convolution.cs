using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>A convolution with zeros around: (n, h, w, in) to (n, down, across, out).</summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="window">What it looks at, and how far it moves.</param>
internal sealed class Convolution(string name, Window window)
{
    private readonly Variable _weight = new($"{name}.weight"), _bias = new($"{name}.bias");

    /// <summary>Starting values: uniform weights with the variance 2 / inputs of a place (He et al. 2015), zero biases.</summary>
    public Point Start(Point at, int inputs, int outputs, Rng rng)
    {
        var bound = MathF.Sqrt(6f / (window.Height * window.Width * inputs));
        var weights = Tensor.Uniform((window.Height, window.Width, inputs, outputs), -bound, bound, rng.Fork($"{name}.weights"));
        return at.With(_weight, weights).With(_bias, Tensor.Zeros(outputs));
    }

    public Tensor Of(Point at, Tensor x) => x.Convolve(at[_weight], at[_bias], window.Stride, window.Padding);
}

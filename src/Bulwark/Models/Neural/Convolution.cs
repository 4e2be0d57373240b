using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>A convolution with a window of 3 × 3 and zeros around: (n, h, w, in) to (n, ⌈h / stride⌉, ⌈w / stride⌉, out).</summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="stride">Pixels from one place to the next.</param>
internal sealed class Convolution(string name, int stride)
{
    private const int Window = 3;
    private readonly Variable _weight = new($"{name}.weight"), _bias = new($"{name}.bias");

    /// <summary>Starting values: uniform weights with the variance 2 / inputs of a place (He et al. 2015), zero biases.</summary>
    public Point Start(Point at, int inputs, int outputs, Rng rng)
    {
        var bound = MathF.Sqrt(6f / (Window * Window * inputs));
        var weights = Tensor.Uniform((Window, Window, inputs, outputs), -bound, bound, rng.Fork($"{name}.weights"));
        return at.With(_weight, weights).With(_bias, Tensor.Zeros(outputs));
    }

    public Tensor Of(Point at, Tensor x) => x.Convolve(at[_weight], at[_bias], stride, padding: 1);
}

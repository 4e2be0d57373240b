using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>x W + b over the last axis: (…, in) to (…, out). W is (in, out).</summary>
/// <param name="name">What its variables' names begin with.</param>
internal sealed class Dense(string name)
{
    private readonly Variable _weight = new($"{name}.weight"), _bias = new($"{name}.bias");

    /// <summary>Starting values: Glorot-uniform weights (Glorot and Bengio 2010), zero biases.</summary>
    public Point Start(Point at, int inputs, int outputs, Rng rng)
    {
        var bound = MathF.Sqrt(6f / (inputs + outputs));
        return Start(at, Tensor.Uniform((inputs, outputs), -bound, bound, rng.Fork($"{name}.weights")));
    }

    /// <summary>Starting values: truncated normal weights of this deviation, zero biases.</summary>
    public Point Start(Point at, int inputs, int outputs, float deviation, Rng rng) =>
        Start(at, Tensor.TruncatedGaussian((inputs, outputs), deviation, rng.Fork(_weight.Name)));

    public Tensor Of(Point at, Tensor x) => x.Linear(at[_weight], at[_bias]);

    private Point Start(Point at, Tensor weight) => at.With(_weight, weight).With(_bias, Tensor.Zeros(weight.Shape.Last));
}

using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>x W + b: (rows, in) to (rows, out).</summary>
/// <param name="name">What its variables' names begin with.</param>
internal sealed class Dense(string name)
{
    private readonly Variable _weights = new($"{name}.weights"), _bias = new($"{name}.bias");

    /// <summary>Starting values: Glorot-uniform weights (Glorot and Bengio 2010), zero biases.</summary>
    public Point Start(Point at, int inputs, int outputs, Rng rng)
    {
        var bound = MathF.Sqrt(6f / (inputs + outputs));
        return at.With(_weights, Tensor.Uniform((inputs, outputs), -bound, bound, rng.Fork(_weights.Name))).With(_bias, Tensor.Zeros(outputs));
    }

    public Tensor Of(Point at, Tensor x) => x.Linear(at[_weights], at[_bias]);
}

using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>x W + b over the last axis, named as published models name it; W is (in, out).</summary>
internal sealed class BertLinear(string name, int inputs, int outputs)
{
    private const float Deviation = 0.02f;                   // of starting weights, as published

    private readonly Variable _weight = new(name + ".weight"), _bias = new(name + ".bias");

    public Point Start(Point at, Rng rng) => at
        .With(_weight, Tensor.TruncatedGaussian((inputs, outputs), Deviation, rng.Fork(_weight.Name)))
        .With(_bias, Tensor.Zeros(outputs));

    public Tensor Of(Point at, Tensor x) => x.Linear(at[_weight], at[_bias]);
}

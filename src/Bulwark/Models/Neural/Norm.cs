using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>Layer norm with gain and bias (Ba, Kiros and Hinton 2016).</summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="epsilon">What is added to the variance.</param>
internal sealed class Norm(string name, float epsilon = 1e-5f)
{
    private readonly Variable _gain = new($"{name}.weight"), _bias = new($"{name}.bias");

    /// <summary>Starting values: gain 1, bias 0.</summary>
    public Point Start(Point at, int width) => at.With(_gain, Tensor.Full(width, 1)).With(_bias, Tensor.Zeros(width));

    public Tensor Of(Point at, Tensor x) => x.LayerNorm(at[_gain], at[_bias], epsilon);
}

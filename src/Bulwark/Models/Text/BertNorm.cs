using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>A layer norm over the last axis, named as published models name it.</summary>
internal sealed class BertNorm(string name, int width, float epsilon)
{
    private readonly Variable _gain = new(name + ".weight"), _bias = new(name + ".bias");

    public Point Start(Point at) => at.With(_gain, Tensor.Full(width, 1)).With(_bias, Tensor.Zeros(width));

    public Tensor Of(Point at, Tensor x) => x.LayerNorm(at[_gain], at[_bias], epsilon);
}

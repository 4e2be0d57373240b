using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>max |δ| ≤ ε. The steepest step is sign g; the projection clamps each element.</summary>
public sealed record LinfBall(float Epsilon) : Ball(Epsilon, Per.Tensor)
{
    /// <summary>In one pass over dense values.</summary>
    public override Tensor Ascend(Tensor from, Tensor gradient, float length) =>
        from.IsSparse || gradient.IsSparse ? base.Ascend(from, gradient, length) : from.AscendSigns(gradient, length, Epsilon);

    /// <inheritdoc/>
    protected override Tensor SteepestRows(Tensor gradient, float length) => gradient.Sign() * length;

    /// <inheritdoc/>
    protected override Tensor ProjectRows(Tensor delta) => delta.Clamp(-Epsilon, Epsilon);

    /// <summary>Each element uniform in ±ε.</summary>
    protected override Tensor SampleRows(Shape rows, Rng rng) => Tensor.Uniform(rows, -Epsilon, Epsilon, rng);

    /// <inheritdoc/>
    protected override Tensor SizesOfRows(Tensor delta) => delta.Abs().Max(-1);
}

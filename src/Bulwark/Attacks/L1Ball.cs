using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>‖δ‖₁ ≤ ε. The steepest step moves the one coordinate with the largest |g|; the projection is the exact soft threshold (Duchi et al. 2008).</summary>
public sealed record L1Ball(float Epsilon, Per Per = Per.Row) : Ball(Epsilon, Per)
{
    /// <inheritdoc/>
    protected override Tensor SteepestRows(Tensor gradient, float length) => gradient.SteepestL1(length);

    /// <inheritdoc/>
    protected override Tensor ProjectRows(Tensor delta) => delta.ProjectRowsL1(Epsilon);

    /// <summary>Uniform in the ball: signed exponentials over their sum and one more, times ε.</summary>
    protected override Tensor SampleRows(Shape rows, Rng rng)
    {
        var size = -(1 - Tensor.Uniform(rows, 0, 1, rng.Fork("size"))).Log();
        var rest = -(1 - Tensor.Uniform(rows.With(-1, 1), 0, 1, rng.Fork("rest"))).Log();
        var sign = (Tensor.Uniform(rows, 0, 1, rng.Fork("sign")) - 0.5f).Sign();
        return size * sign / (size.Sum(-1, keep: true) + rest) * Epsilon;
    }

    /// <inheritdoc/>
    protected override Tensor SizesOfRows(Tensor delta) => delta.Abs().Sum(-1);
}

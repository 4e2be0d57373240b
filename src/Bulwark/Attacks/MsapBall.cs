using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// The region of the published evaluation of adversarial factorization (Anelli et al. 2021, MSAP): steps go along each row's L2 direction,
/// but each element is clipped to ±ε, so that a row may move by up to ε√d; random starts are uniform in ±.05. Kept as it was, to
/// compare with the published table; <see cref="L2Ball"/> is the consistent one.
/// </summary>
public sealed record MsapBall(float Epsilon) : Ball(Epsilon, Per.Row)
{
    private const float Start = 0.05f;

    /// <inheritdoc/>
    protected override Tensor SteepestRows(Tensor gradient, float length) => gradient.UnitRows(length);

    /// <inheritdoc/>
    protected override Tensor ProjectRows(Tensor delta) => delta.Clamp(-Epsilon, Epsilon);

    /// <inheritdoc/>
    protected override Tensor SampleRows(Shape rows, Rng rng) => ProjectRows(Tensor.Uniform(rows, -Start, Start, rng));

    /// <inheritdoc/>
    protected override Tensor SizesOfRows(Tensor delta) => delta.Abs().Max(-1);
}

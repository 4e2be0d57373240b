using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>‖δ‖₂ ≤ ε. The steepest step is g/‖g‖₂; the projection is δ · min(1, ε/‖δ‖₂).</summary>
public sealed record L2Ball(float Epsilon, Per Per = Per.Row) : Ball(Epsilon, Per)
{
    /// <inheritdoc/>
    public override Tensor Steepest(Tensor gradient, float length) => Per == Per.Row ? gradient.UnitRows(length) : base.Steepest(gradient, length);

    /// <inheritdoc/>
    public override Tensor Project(Tensor delta) => Per == Per.Row ? delta.ProjectRowsL2(Epsilon) : base.Project(delta);

    /// <summary>In one pass over the rows where both touch the same.</summary>
    public override Tensor Ascend(Tensor from, Tensor gradient, float length) =>
        Per == Per.Row && from.TouchesRowsOf(gradient) ? from.AscendRowsL2(gradient, length, Epsilon) : base.Ascend(from, gradient, length);

    /// <inheritdoc/>
    protected override Tensor SteepestRows(Tensor gradient, float length) => gradient.UnitRows(length);

    /// <inheritdoc/>
    protected override Tensor ProjectRows(Tensor delta) => delta.ProjectRowsL2(Epsilon);

    /// <inheritdoc/>
    protected override Tensor SampleRows(Shape rows, Rng rng) => Tensor.UniformInBall(rows, Epsilon, rng);

    /// <inheritdoc/>
    protected override Tensor SizesOfRows(Tensor delta) => delta.NormOfRows();
}

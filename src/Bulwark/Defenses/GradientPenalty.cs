using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// L(x) + λ · Σ_rows ‖∂L/∂x‖₂: the first-order growth of the loss in an L2 ball around every row, made small (double backpropagation: Drucker and LeCun 1992;
/// Ross and Doshi-Velez 2018). Training differentiates through the gradient. Small gradients may hide rather than help: judge it by attacks that need none.
/// </summary>
/// <param name="Weight">λ.</param>
/// <param name="Over">The x: inputs, item features, or tables, whose every row counts.</param>
public sealed record GradientPenalty(float Weight, params IReadOnlyList<Variable> Over) : IDefense
{
    /// <inheritdoc/>
    public Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at =>
        {
            var (value, gradient) = Grad.Of(loss, at, [.. Over]);                                // at is followed, and so is its gradient
            var penalized = value.Sum();
            foreach (var variable in gradient.Variables) penalized += gradient[variable].NormOfRows().Sum() * Weight;
            return penalized;
        };
    };
}

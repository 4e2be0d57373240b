using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// The gradient penalty of WGAN-GP (Gulrajani et al. 2017): E (‖∇D(x̂)‖₂ − 1)² at x̂ = α x + (1 − α) G, one α for each pair of examples and the norm over
/// all of an example's values. It is differentiated through: a second derivative.
/// </summary>
public static class UnitSlope
{
    private static readonly Variable _between = new("between");

    /// <summary>The penalty at random places between pairs, a scalar.</summary>
    /// <param name="score">D: the point and examples to a score each, (batch, …) to (batch).</param>
    /// <param name="at">Where the critic stands; what follows it gets the gradient.</param>
    /// <param name="real">(batch, …).</param>
    /// <param name="fake">(batch, …).</param>
    /// <param name="rng">Draws α.</param>
    public static Tensor Penalty(Func<Point, Tensor, Tensor> score, Point at, Tensor real, Tensor fake, Rng rng)
    {
        var (x, y) = (real.Fixed(), fake.Fixed());
        var each = x.Shape;
        for (var axis = 1; axis < each.Rank; axis++) each = each.With(axis, 1);
        var alpha = Tensor.Uniform(each, 0, 1, rng);                                             // (batch, 1, …)
        return Penalty(score, at, y + (x - y) * alpha);
    }

    /// <summary>The penalty at these examples, a scalar.</summary>
    public static Tensor Penalty(Func<Point, Tensor, Tensor> score, Point at, Tensor x)
    {
        var slope = Grad.Of(here => score(here, here[_between]), at.With(_between, x), _between).Move;
        var excess = (slope.TryGet(_between, out var gradient) ? gradient.NormOfRows() : Tensor.Zeros(x.Shape[0])) - 1;
        return (excess * excess).Mean();
    }
}

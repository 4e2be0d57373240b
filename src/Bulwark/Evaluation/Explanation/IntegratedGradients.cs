using Bulwark.Tensors;

namespace Bulwark.Evaluation.Explanation;

/// <summary>
/// a = (x − x₀) ⊙ ∫₀¹ ∇f(x₀ + t (x − x₀)) dt, by the midpoints of equal steps (Sundararajan, Taly and Yan 2017): what each value of the input added to f on
/// the straight way from a baseline. The sum of all is f(x) − f(x₀) up to the error of the steps; one step is exact for a linear f, and for a quadratic one.
/// </summary>
public static class IntegratedGradients
{
    /// <summary>The attributions, in the shape of each variable.</summary>
    /// <param name="f">What to explain: a score, or a sum of scores.</param>
    /// <param name="at">x and everything that f reads besides.</param>
    /// <param name="baseline">x₀ of each variable to explain: what says nothing, such as zeros or the mean.</param>
    /// <param name="steps">The number of midpoints.</param>
    public static Move Of(Loss f, Point at, Point baseline, int steps = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var way = Way(at, baseline);
        using var scope = Scope.Open();
        var sum = Move.Zero;
        for (var step = 0; step < steps; step++)
            sum += Grad.Of(f, at + way * ((step + 0.5f) / steps - 1), baseline.Variables).Move * (1f / steps);
        return sum.Map((variable, gradient) => gradient * way[variable]).Keep();
    }

    /// <summary>Σ a − (f(x) − f(x₀)): how far the attributions are from complete.</summary>
    public static double Error(Loss f, Point at, Point baseline, Move attributions)
    {
        using var scope = Scope.Open();
        var sum = 0.0;
        foreach (var variable in attributions.Variables) sum += attributions[variable].Sum().Item();
        return sum - (f(at).Sum().Item() - f(at + -Way(at, baseline)).Sum().Item());
    }

    private static Move Way(Point at, Point baseline)
    {
        var entries = new (Variable, Tensor)[baseline.Variables.Length];
        foreach (var (n, variable) in baseline.Variables.ToArray().Index()) entries[n] = (variable, at[variable] - baseline[variable]);
        return new(entries);
    }
}

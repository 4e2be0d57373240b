using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Models;

/// <summary>The gradient of a training loss beside finite differences, along one direction drawn for all that is learned.</summary>
internal static class LossSlope
{
    private const float Share = 0.005f, Least = 1e-4f;       // of a variable's root mean square: a step that crosses few kinks of ReLUs and hinges

    /// <summary>⟨∇L, d⟩, (L(at + d) − L(at − d)) / 2 and what rounding may add to that, some 2⁻²⁰ of L, on the source's first batch and without dropout.</summary>
    public static Func<Point, (double Gradient, double Difference, double Noise)> Of<TBatch>(Objective<TBatch> objective, IBatchSource<TBatch> source)
        where TBatch : IBatch => at =>
    {
        var batch = source.Create();
        source.Fill(batch, 0);
        batch.Regroup();
        var (loss, rng) = (objective(batch, null), new Rng(11));
        var gradient = Grad.Of(loss, at).Move;
        var direction = new Move([.. gradient.Variables.ToArray().Select(variable => (variable, Draw(variable)))]);
        var along = direction.Variables.ToArray().Sum(variable => (double)(gradient[variable] * direction[variable]).Sum().Item());
        return (along, (Value(direction) - Value(-direction)) / 2, 1e-6 * Math.Abs(Value(Move.Zero)));

        Tensor Draw(Variable variable)
        {
            var size = MathF.Sqrt(at[variable].Values.ToArray().Average(weight => weight * weight));
            return Tensor.Gaussian(at[variable].Shape, MathF.Max(Share * size, Least), rng.Fork(variable.Name));
        }

        double Value(Move move) => loss(at + move).Values.ToArray().Sum(value => (double)value);
    };
}

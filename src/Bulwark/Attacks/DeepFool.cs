using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// Steps to the nearest border of the linearized classes (Moosavi-Dezfooli et al. 2016): l = argmin_k |f_k − f_0| / ‖w_k − w_0‖, r = |f_l| / ‖w_l‖² · w_l,
/// and the move is (1 + η) Σ r; exact in one step on a linear model. Of w counts what may still move: of elements at the edge of the box, or immutable, a
/// share of every step would be lost, and the border would be neared without end. It goes by the model's own prediction and asks its logits, not the loss.
/// An example whose prediction holds stays where it is; what is longer than the threat's radius is cut to it, and may fool no more.
/// </summary>
/// <param name="Logits">(batch, classes) at a point.</param>
/// <param name="Steps">The most steps.</param>
/// <param name="Overshoot">η.</param>
/// <param name="Candidates">How many of the best classes count, the predicted one among them.</param>
public sealed record DeepFool(Func<Point, Tensor> Logits, int Steps = 50, float Overshoot = 0.02f, int Candidates = 10) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        threat.Demand(Knowledge.White);
        var clean = Logits(at);
        var order = LogitLosses.Ranked(clean, Math.Min(Candidates, clean.Shape.Last));
        var examples = Examples.Inputs(clean, at, threat);
        var (sum, fooled) = (Move.Zero, new bool[examples.Count]);
        for (var step = 0; step < Steps && fooled.Contains(false); step++)
        {
            using var scope = Scope.Open();
            var r = ToNearestBorder(at, Overshot(), order, examples, threat);
            sum = Inside(sum + examples.Scale(r, [.. fooled.Select(done => done ? 0f : 1)])).Promote();
            var margin = Logits(at + Overshot()).Margin(order[0]).Values;
            for (var b = 0; b < fooled.Length; b++) fooled[b] |= margin[b] > 0;
        }
        return threat.Confine(at, examples.Choose(fooled, Overshot(), Move.Zero));

        Move Overshot() => Inside(sum * (1 + Overshoot));

        Move Inside(Move move) => move.Map((variable, delta) => threat.Inside(at[variable], delta));
    }

    private Move ToNearestBorder(Point clean, Move move, Ids[] order, Examples examples, Threat threat)
    {
        var (at, nearest, r) = (clean + move, Enumerable.Repeat(float.PositiveInfinity, examples.Count).ToArray(), Move.Zero);
        foreach (var rival in order[1..])
        {
            var (f, slope) = Grad.Of(point => Difference(Logits(point)), at, threat.Variables);  // f_k − f_0 and w_k − w_0
            var w = slope.Map((variable, g) => Free(variable, g));
            var (gaps, squares) = (examples.Losses(f), examples.SquaredLengths(w));
            var (nearer, factors) = (new bool[nearest.Length], new float[nearest.Length]);
            for (var b = 0; b < nearest.Length; b++)
            {
                var distance = MathF.Abs(gaps[b]) / MathF.Sqrt(squares[b]);                      // infinite where nothing may move
                if (!(distance < nearest[b])) continue;
                (nearer[b], nearest[b], factors[b]) = (true, distance, MathF.Abs(gaps[b]) / squares[b]);
            }
            r = examples.Choose(nearer, examples.Scale(w, factors), r);

            Tensor Free(Variable variable, Tensor g)
            {
                var so = move.TryGet(variable, out var delta) ? delta : Tensor.Zeros(g.Shape);
                return g * (threat.Inside(clean[variable], so + g) - so).Sign().Abs();
            }

            Tensor Difference(Tensor logits) => logits.At(rival) - logits.At(order[0]);
        }
        return r;
    }
}

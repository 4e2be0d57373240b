using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// The fast adaptive boundary attack (Croce and Hein 2020): the shortest move, in the norm of the threat's ball, to another class. Each step projects the present
/// point and the original onto the nearest border of the linearized classifier within the box, δ and δ₀, and goes to (1 − α)(x + η δ) + α (x₀ + η δ₀),
/// α = ‖δ‖ / (‖δ‖ + ‖δ₀‖); from a point behind the border it turns back toward the original by β. A search on the line to the original ends it. Exact on a linear model.
/// </summary>
/// <param name="Logits">(batch, classes), with inputs that stand at the point as a row for each example.</param>
/// <param name="Steps">Steps.</param>
/// <param name="Overshoot">η.</param>
/// <param name="MostBias">The largest α.</param>
/// <param name="Back">β.</param>
/// <param name="Candidates">How many of the best classes count, the predicted one among them.</param>
public sealed record Fab(
    Func<Point, Tensor> Logits, int Steps = 100, float Overshoot = 1.05f, float MostBias = 0.1f, float Back = 0.9f, int Candidates = 10) : IAttack
{
    private const int Halvings = 12, Lengthenings = 6;

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        threat.Demand(Knowledge.White);
        var clean = Logits(at);
        var order = LogitLosses.Ranked(clean, Math.Min(Candidates, clean.Shape.Last));
        var examples = Examples.Inputs(clean, at, threat);
        var (move, best, shortest) = (Move.Zero, Move.Zero, Enumerable.Repeat(float.PositiveInfinity, examples.Count).ToArray());
        for (var step = 0; step < Steps; step++)
        {
            using var scope = Scope.Open();
            move = Inside(Next(at, move, order, examples, threat));
            var (fooled, sizes) = (Fooled(move), Sizes(move, threat, examples.Count));
            var closer = fooled.Select((yes, b) => yes && sizes[b] < shortest[b]).ToArray();
            for (var b = 0; b < closer.Length; b++) if (closer[b]) shortest[b] = sizes[b];
            best = examples.Choose(closer, move, best).Promote();
            move = examples.Scale(move, [.. fooled.Select(yes => yes ? Back : 1)]).Promote();
        }
        return threat.Confine(at, examples.Choose([.. shortest.Select(float.IsFinite)], Halved(best), Move.Zero));

        Move Inside(Move to) => to.Map((variable, delta) => threat.Inside(at[variable], delta));

        bool[] Fooled(Move by) => [.. Logits(at + by).Margin(order[0]).Values.ToArray().Select(margin => margin > 0)];

        Move Halved(Move found)
        {
            var (low, high) = (new float[examples.Count], Enumerable.Repeat(1f, examples.Count).ToArray());
            for (var halving = 0; halving < Halvings; halving++)
            {
                float[] middle = [.. low.Zip(high, (a, b) => (a + b) / 2)];
                var fooled = Fooled(examples.Scale(found, middle));
                for (var b = 0; b < fooled.Length; b++) if (fooled[b]) high[b] = middle[b]; else low[b] = middle[b];
            }
            return examples.Scale(found, high);
        }
    }

    /// <summary>The next point, as a move from the original.</summary>
    private Move Next(Point at, Move move, Ids[] order, Examples examples, Threat threat)
    {
        var nearest = Enumerable.Repeat(float.PositiveInfinity, examples.Count).ToArray();
        var (direction, slope, gap) = (Move.Zero, Move.Zero, new float[nearest.Length]);
        foreach (var rival in order[1..])
        {
            var (f, w) = Grad.Of(point => Difference(Logits(point)), at + move, threat.Variables);       // f_k − f_0 and w
            var unit = w.Map((variable, g) => threat[variable].Steepest(g, 1));                  // ⟨w, u⟩ is the dual norm of w
            var (gaps, slopes, nearer) = (examples.Losses(f), examples.Dots(w, unit), new bool[nearest.Length]);
            for (var b = 0; b < nearest.Length; b++)
            {
                if (!(MathF.Abs(gaps[b]) / slopes[b] < nearest[b])) continue;
                (nearer[b], nearest[b], gap[b]) = (true, MathF.Abs(gaps[b]) / slopes[b], gaps[b]);
            }
            (direction, slope) = (examples.Choose(nearer, unit, direction), examples.Choose(nearer, w, slope));

            Tensor Difference(Tensor logits) => logits.At(rival) - logits.At(order[0]);
        }
        var here = Lengths(move, [.. gap.Select(f => -f)]);
        var origin = move.IsZero ? here : Lengths(Move.Zero, [.. gap.Zip(examples.Dots(slope, move), (f, along) => along - f)]);
        float[] bias = [.. here.Zip(origin, (x, o) => MathF.Min(MathF.Abs(x) / MathF.Max(MathF.Abs(x) + MathF.Abs(o), 1e-12f), MostBias))];
        float[] lengths = [.. bias.Select((a, b) => Overshoot * ((1 - a) * here[b] + a * origin[b]))];
        return examples.Scale(move, [.. bias.Select(a => 1 - a)]) + examples.Scale(direction, lengths);

        // The length t along u at which ⟨w, clip(from + t u) − from⟩ is the rise that leads to the border. What the box clips slows the way, ever more (it is
        // concave in t), so that t ← t · rise / (what t rises) goes up to it.
        float[] Lengths(Move from, float[] rises)
        {
            float[] along = examples.Dots(slope, direction), lengths = [.. rises.Zip(along, (rise, whole) => rise / MathF.Max(whole, 1e-12f))];
            for (var i = 0; i < Lengthenings && !threat.IsBallAlone; i++)
            {
                using var scope = Scope.Open();
                var way = (from + examples.Scale(direction, lengths)).Map((variable, delta) => threat.Inside(at[variable], delta)) + -from;
                var risen = examples.Dots(slope, way);
                for (var b = 0; b < lengths.Length; b++) if (rises[b] / risen[b] is > 1 and var more && float.IsFinite(more)) lengths[b] *= more;
            }
            return lengths;
        }
    }

    /// <summary>The norm of each example's part, the largest over variables.</summary>
    private static float[] Sizes(Move move, Threat threat, int count)
    {
        var sizes = new float[count];
        foreach (var variable in threat.Variables)
            if (move.TryGet(variable, out var delta))
                foreach (var (b, size) in threat[variable].Sizes(delta, Per.Row).Values.ToArray().Index()) sizes[b] = Math.Max(sizes[b], size);
        return sizes;
    }
}

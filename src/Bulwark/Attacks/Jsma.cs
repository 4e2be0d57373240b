using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// The Jacobian saliency map attack (Papernot et al. 2016): moves the pair of features (p, q) with A = Σ_pair ∂z_t > 0, B = Σ_pair Σ_{k≠t} ∂z_k &lt; 0 and the largest
/// −A·B by θ, at most ⌊nγ/2⌋ times, and no feature twice. Pairs are sought among the features with the largest ∂z_t − Σ ∂z_k. An
/// example that does not reach its target stays where it is.
/// </summary>
/// <param name="Logits">(batch, classes) at a point.</param>
/// <param name="Targets">t of each example; null for the likeliest class but the one it is taken for.</param>
/// <param name="Step">θ; below 0 features shrink.</param>
/// <param name="Share">γ, the share of the features that may change; .1 is usual for images.</param>
/// <param name="Candidates">Among how many features pairs are sought.</param>
public sealed record Jsma(Func<Point, Tensor> Logits, Ids? Targets = null, float Step = 1, float Share = 1, int Candidates = 64) : IAttack
{
    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        threat.Demand(Knowledge.White);
        var input = threat.Variables is [var only] ? only : throw new ArgumentException("Pairs of features are those of one variable; let the threat move one.");
        var (clean, logits) = (at[input], Logits(at));
        var (examples, targets) = (Examples.Inputs(logits, at, threat), Targets ?? LogitLosses.Ranked(logits, 2)[1]);
        var (width, values) = (clean.Shape.RowLength, clean.Values.ToArray());
        var (low, high) = threat.Box is { } box ? (Bounds(box.Low), Bounds(box.High)) : (null, null);
        var used = threat.Immutable is { } immutable ? [.. Bounds(immutable).Select(mark => mark != 0)] : new bool[values.Length];
        var reached = Reached(at, targets);
        var rounds = Math.Min((int)(width * Share / 2), threat.Budget / 2);
        var stuck = new bool[examples.Count];
        for (var round = 0; round < rounds; round++)
        {
            using var scope = Scope.Open();
            var (toward, away) = Slopes(at.With(input, Tensor.Of(clean.Shape, values)), input, targets);
            for (var b = 0; b < examples.Count; b++)
            {
                if (reached[b] || stuck[b]) continue;
                if (BestPair(toward, away, values, used, low, high, b * width, width) is not var (p, q)) stuck[b] = true;
                else foreach (var i in (ReadOnlySpan<int>)[p, q])
                {
                    values[i] = Math.Clamp(values[i] + Step, low?[i] ?? float.NegativeInfinity, high?[i] ?? float.PositiveInfinity);
                    used[i] = true;
                }
            }
            reached = Reached(at.With(input, Tensor.Of(clean.Shape, values)), targets);
            if (reached.Zip(stuck, (yes, no) => yes || no).All(done => done)) break;
        }
        return threat.Confine(at, examples.Choose(reached, new((input, Tensor.Of(clean.Shape, values) - clean)), Move.Zero));

        float[] Bounds(Tensor bound) => bound.ExpandTo(clean.Shape).Values.ToArray();
    }

    private bool[] Reached(Point at, Ids targets)
    {
        using var scope = Scope.Open();
        return [.. Logits(at).MarginToward(targets).Values.ToArray().Select(margin => margin > 0)];
    }

    /// <summary>∂z_t and Σ_{k≠t} ∂z_k by every feature, with the sign of the step.</summary>
    private (float[] Toward, float[] Away) Slopes(Point at, Variable input, Ids targets)
    {
        var sign = MathF.Sign(Step);
        var toward = Grad.Of(point => Logits(point).At(targets), at, input).Move[input] * sign;
        var all = Grad.Of(point => Logits(point).Sum(-1), at, input).Move[input] * sign;
        return (toward.Values.ToArray(), (all - toward).Values.ToArray());
    }

    private (int P, int Q)? BestPair(float[] toward, float[] away, float[] values, bool[] used, float[]? low, float[]? high, int first, int width)
    {
        var free = Enumerable.Range(first, width).Where(i => !used[i] && !(Step > 0 ? values[i] >= high?[i] : values[i] <= low?[i]));
        int[] best = [.. free.OrderByDescending(i => toward[i] - away[i]).Take(Candidates)];
        var (pair, most) = ((ValueTuple<int, int>?)null, 0f);
        for (var i = 0; i < best.Length; i++)
            for (var j = i + 1; j < best.Length; j++)
            {
                float a = toward[best[i]] + toward[best[j]], b = away[best[i]] + away[best[j]];
                if (a > 0 && b < 0 && -a * b > most) (pair, most) = ((best[i], best[j]), -a * b);
            }
        return pair;
    }
}

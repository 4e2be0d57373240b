using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Attacks;

/// <summary>
/// The shortest L2 move that fools (Carlini and Wagner 2017): minimize ‖δ‖² + c · max(0, κ − margin) with Adam, in tanh space where the threat has a box, and
/// search c by bisection, for each example. The loss is a margin, above 0 where the model is fooled. An example that was never fooled
/// stays where it is. For binary inputs attack in the box with <see cref="GradientAscent"/>: at its edges tanh space is flat.
/// </summary>
/// <param name="Searches">Values of c that are tried.</param>
/// <param name="Steps">The most steps for one c; a run ends when a tenth of them has not lowered the objective by .01%.</param>
/// <param name="Rate">Adam's learning rate.</param>
/// <param name="FirstWeight">The first c.</param>
/// <param name="Confidence">κ.</param>
public sealed record CarliniWagner(int Searches = 9, int Steps = 10_000, float Rate = 0.01f, float FirstWeight = 1e-3f, float Confidence = 0) : IAttack
{
    private const float LargestWeight = 1e9f, Unbounded = 1e10f, Progress = 0.9999f;

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty || Steps == 0) return Move.Zero;
        threat.Demand(Knowledge.White);
        var (examples, space) = (new Examples(loss(at), at, threat), new Space(at, threat));
        var n = examples.Count;
        float[] low = new float[n], high = Filled(n, Unbounded), weights = Filled(n, FirstWeight), lengths = Filled(n, float.PositiveInfinity);
        var found = Move.Zero;
        for (var search = 0; search < Searches; search++)
        {
            var fooled = Descend(loss, space, examples, weights, lengths, ref found);
            for (var b = 0; b < n; b++)
            {
                if (fooled[b]) high[b] = MathF.Min(high[b], weights[b]);
                else low[b] = MathF.Max(low[b], weights[b]);
                weights[b] = high[b] < LargestWeight ? (low[b] + high[b]) / 2 : weights[b] * 10;
            }
        }
        return threat.Confine(at, found);
    }

    /// <summary>One run for each example's c; keeps the shortest fooling moves and says who was fooled at all.</summary>
    private bool[] Descend(Loss loss, Space space, Examples examples, float[] weights, float[] lengths, ref Move found)
    {
        var (optimizer, fooled, last) = (new Optimizer(space.Start, new Adam(Rate)), new bool[examples.Count], float.PositiveInfinity);
        var c = examples.Apart ? Tensor.Of(examples.Count, weights).Keep() : Tensor.Scalar(weights[0]).Keep();
        var every = Math.Max(1, Steps / 10);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = Scope.Open();
            var (margins, squares) = (Array.Empty<float>(), Array.Empty<float>());
            var (value, gradient) = Grad.Of(at =>
            {
                var moved = space.Of(at);
                var (margin, square) = (loss(moved), examples.SquaredLengths(variable => moved[variable] - space.Clean[variable]));
                (margins, squares) = (examples.Losses(margin), examples.Losses(square));
                return square + (Confidence - (examples.Apart ? margin : margin.Sum())).Relu() * c;
            }, optimizer.At);
            var shorter = new bool[examples.Count];
            for (var b = 0; b < shorter.Length; b++)
            {
                if (!(margins[b] > Confidence)) continue;
                fooled[b] = true;
                if (shorter[b] = squares[b] < lengths[b]) lengths[b] = squares[b];
            }
            if (shorter.Contains(true)) found = examples.Choose(shorter, space.MoveOf(optimizer.At), found).Keep();
            var total = value.Sum().Item();
            if (step % every == 0)
            {
                if (total > last * Progress) break;
                last = total;
            }
            optimizer.Step(gradient);
        }
        return fooled;
    }

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];

    /// <summary>x' = low + (high − low)(tanh w + 1) / 2, w the free variable; without a box w itself.</summary>
    private sealed class Space
    {
        private const float Inset = 0.999999f;
        private readonly Box? _box;
        private readonly (Variable Moved, Variable Free)[] _variables;

        public Space(Point at, Threat threat)
        {
            (Clean, _box) = (at, threat.Box);
            _variables = [.. threat.Variables.Select(variable => (variable, new Variable(variable.Name)))];
            Start = new([.. _variables.Select(pair => (pair.Free, Encoded(at[pair.Moved])))]);
        }

        public Point Clean { get; }

        public Point Start { get; }

        public Point Of(Point free) => _variables.Aggregate(Clean, (at, pair) => at.With(pair.Moved, Decoded(free[pair.Free])));

        public Move MoveOf(Point free) => new([.. _variables.Select(pair => (pair.Moved, Decoded(free[pair.Free]) - Clean[pair.Moved]))]);

        private Tensor Encoded(Tensor x)
        {
            if (_box is not { } box) return x;
            var t = ((x - box.Low) * 2 / (box.High - box.Low) - 1) * Inset;
            return ((1 + t) / (1 - t)).Log() * 0.5f;         // atanh
        }

        private Tensor Decoded(Tensor w) => _box is not { } box ? w : (w.Tanh() + 1) * 0.5f * (box.High - box.Low) + box.Low;
    }
}

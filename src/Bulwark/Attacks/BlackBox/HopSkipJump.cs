using Bulwark.Tensors;

namespace Bulwark.Attacks.BlackBox;

/// <summary>
/// Walks along the border between right and wrong, seeing decisions alone (Chen et al. 2020): from a wrong random point back to the border; there the direction of the
/// border is voted on by random directions, with the mean vote taken off; a step of d/√(t + 1) along it, halved until the point is
/// wrong; and back to the border. The loss is a margin, of which only the sign is read: above 0 is wrong. Examples that are wrong as
/// they are, and those for which no wrong start is found, stay where they are; what is longer than the threat's radius is cut to it.
/// </summary>
/// <param name="Steps">How many steps along the border.</param>
/// <param name="FirstVotes">Votes of the first step; later ones have √(t + 1) times as many.</param>
/// <param name="MostVotes">The most votes of a step.</param>
/// <param name="Starts">How many random points are tried to begin with.</param>
public sealed record HopSkipJump(int Steps = 40, int FirstVotes = 100, int MostVotes = 10_000, int Starts = 100) : IAttack
{
    private const int Halvings = 20;

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty) return Move.Zero;
        var input = threat.Variables is [var only] ? only : throw new ArgumentException("A border is walked in one variable; let the threat move one.");
        var box = threat.Box ?? throw new ArgumentException("Wrong points to start from are drawn in a box; give the threat one.");
        var clean = loss(at);
        return new Walk(loss, at, threat, input, new Examples(clean, at, threat), this).From(clean, box, rng);
    }

    /// <summary>One walk for each example.</summary>
    private sealed class Walk(Loss loss, Point at, Threat threat, Variable input, Examples examples, HopSkipJump settings)
    {
        private readonly Tensor _x = at[input];

        private int Dimension => _x.Shape.Count / examples.Count;

        public Move From(Tensor clean, Box box, Rng rng)
        {
            var (move, found) = Start(Wrong(clean), box, rng.Fork("start"));
            if (!found.Contains(true)) return Move.Zero;
            move = ToBorder(move).Keep();
            var (best, shortest) = (move, Distances(move));
            for (var t = 0; t < settings.Steps; t++)
            {
                using var scope = Scope.Open();
                var distances = Distances(move);
                var root = MathF.Sqrt(t + 1);
                float[] radii = [.. distances.Select(d => t == 0 ? 0.1f * (box.High - box.Low).Max().Item() : d / Dimension)];
                var direction = Vote(move, radii, (int)MathF.Min(settings.FirstVotes * root, settings.MostVotes), rng.Fork(t));
                move = ToBorder(Jump(move, direction, [.. distances.Select(d => d / root)])).Keep();
                distances = Distances(move);
                bool[] shorter = [.. distances.Select((d, b) => d < shortest[b])];
                for (var b = 0; b < shorter.Length; b++) if (shorter[b]) shortest[b] = distances[b];
                best = examples.Choose(shorter, move, best).Keep();
            }
            return threat.Confine(at, examples.Choose(found, best, Move.Zero));
        }

        /// <summary>Random points of the box, for each example the first that is wrong.</summary>
        private (Move Move, bool[] Found) Start(bool[] already, Box box, Rng rng)
        {
            var (move, found) = (Of(Tensor.Zeros(_x.Shape)), new bool[examples.Count]);
            for (var i = 0; i < settings.Starts && found.Zip(already, (a, b) => a || b).Contains(false); i++)
            {
                using var scope = Scope.Open();
                var tried = Inside(Of(Tensor.Uniform(_x.Shape, 0, 1, rng.Fork(i)) * (box.High - box.Low) + box.Low - _x));
                bool[] wrong = [.. Wrong(loss(at + tried)).Select((yes, b) => yes && !already[b] && !found[b])];
                for (var b = 0; b < wrong.Length; b++) found[b] |= wrong[b];
                move = examples.Choose(wrong, tried, move).Keep();
            }
            return (move, found);
        }

        /// <summary>The shortest share of a wrong move that is wrong, by bisection to one part in n√n.</summary>
        private Move ToBorder(Move move)
        {
            float[] low = new float[examples.Count], high = [.. Enumerable.Repeat(1f, examples.Count)];
            for (var halvings = Math.Log2(Dimension * Math.Sqrt(Dimension)) + 1; halvings > 0; halvings--)
            {
                using var scope = Scope.Open();
                float[] middle = [.. low.Zip(high, (l, h) => (l + h) / 2)];
                var wrong = Wrong(loss(at + examples.Scale(move, middle)));
                for (var b = 0; b < middle.Length; b++) (wrong[b] ? ref high[b] : ref low[b]) = middle[b];
            }
            return examples.Scale(move, high);
        }

        /// <summary>Σ (φ − mean φ) u over random u, φ = ±1 as x + δ + r u is wrong or right: uphill; where all votes agree, their own mean.</summary>
        private Move Vote(Move move, float[] radii, int votes, Rng rng)
        {
            var (sum, all, ayes) = (Move.Zero, Move.Zero, new float[examples.Count]);
            for (var vote = 0; vote < votes; vote++)
            {
                using var scope = Scope.Open();
                var u = Of(new L2Ball(1, examples.Apart ? Per.Row : Per.Tensor).Steepest(Tensor.Gaussian(_x.Shape, 1, rng.Fork(vote)), 1));
                float[] phi = [.. Wrong(loss(at + Inside(move + examples.Scale(u, radii)))).Select(wrong => wrong ? 1f : -1)];
                for (var b = 0; b < phi.Length; b++) ayes[b] += phi[b] / votes;
                (sum, all) = ((sum + examples.Scale(u, phi)).Promote(), (all + u).Promote());
            }
            return sum + examples.Scale(all, [.. ayes.Select(mean => MathF.Abs(mean) > 1 - 0.5f / votes ? 0 : -mean)]);
        }

        /// <summary>A step along the ball's steepest direction, halved until it is wrong; none where it never is.</summary>
        private Move Jump(Move move, Move direction, float[] lengths)
        {
            var (unit, to, done) = (threat[input].Steepest(direction[input], 1), move, new bool[examples.Count]);
            for (var i = 0; i < Halvings && done.Contains(false); i++)
            {
                var tried = Inside(move + examples.Scale(Of(unit), lengths));
                bool[] wrong = [.. Wrong(loss(at + tried)).Select((yes, b) => yes && !done[b])];
                to = examples.Choose(wrong, tried, to);
                for (var b = 0; b < wrong.Length; b++) (done[b], lengths[b]) = (done[b] || wrong[b], lengths[b] / 2);
            }
            return to;
        }

        private bool[] Wrong(Tensor margin) => [.. examples.Losses(margin).Select(value => value > 0)];

        private float[] Distances(Move move) => threat[input].Sizes(move[input], examples.Apart ? Per.Row : Per.Tensor).Values.ToArray();

        private Move Inside(Move move) => move.Map((variable, delta) => threat.Inside(at[variable], delta));

        private Move Of(Tensor delta) => new((input, delta));
    }
}

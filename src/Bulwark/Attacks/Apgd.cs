using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// Projected gradient ascent that sets its own steps (Croce and Hein 2020): z = P(x + s d(g)), x⁺ = P(x + a (z − x) + (1 − a)(x − x₋)), s = 2ε at first.
/// At checkpoints, ever closer, an example halves its step and returns to its best if its loss rose too seldom, or if its best has not
/// risen since a checkpoint that did not halve. The best iterate of all restarts is kept, the clean point among them.
/// </summary>
/// <param name="Steps">How many gradients.</param>
/// <param name="Restarts">How many runs, each from a random point.</param>
/// <param name="Share">a: how much of a step goes to the new direction rather than on along the last one.</param>
/// <param name="Rises">Of the steps between two checkpoints, the share that must raise the loss for the step to stay.</param>
public sealed record Apgd(int Steps = 100, int Restarts = 1, float Share = 0.75f, float Rises = 0.75f) : IAttack
{
    private const float FirstStep = 2, FirstGap = 0.22f, GapShrinks = 0.03f, LeastGap = 0.06f;

    /// <summary>Where gradients come from.</summary>
    public ISlope Slope { get; init; } = new ExactSlope();

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty || Steps == 0) return Move.Zero;
        var worst = new WorstMove(at, threat);
        for (var run = 0; run < Restarts; run++)
        {
            using var scope = Scope.Open();
            worst.Meet(Climb(loss, at, threat, rng.Fork(run)));
            worst.Move.Promote();
        }
        return worst.Move;
    }

    private WorstMove Climb(Loss loss, Point at, Threat threat, Rng rng)
    {
        var best = new WorstMove(at, threat);
        var (value, gradient) = Slope.Of(loss, at, threat, rng.Fork("clean"));
        best.Meet(value, Move.Zero);                         // the clean gradient tells which rows the loss reads
        var (move, previous, top) = (threat.Sample(at, gradient, rng.Fork("start")), Move.Zero, gradient);
        var examples = best.Of(value);
        var checkpoints = new Checkpoints(examples.Count, Steps, Rises);
        (value, gradient) = Slope.Of(loss, at + move, threat, rng.Fork("first"));
        top = examples.Choose(best.Meet(value, move), gradient, top);
        var losses = examples.Losses(value);
        for (var i = 0; i < Steps; i++)
        {
            using var scope = Scope.Open();
            var step = threat.Confine(at, move + examples.Scale(threat.Steepest(gradient, 1), checkpoints.Steps));
            if (i > 0) step = threat.Confine(at, move + (step + -move) * Share + (move + -previous) * (1 - Share));
            (previous, move) = (move, step.Promote());
            (value, gradient) = Slope.Of(loss, at + move, threat, rng.Fork(i));
            var better = best.Meet(value, move);
            best.Move.Promote();
            top = examples.Choose(better, gradient, top).Promote();
            var now = examples.Losses(value);
            var back = checkpoints.Pass(losses, now, best.Losses);
            losses = now;
            move = examples.Choose(back, best.Move, move).Promote();
            gradient = examples.Choose(back, top, gradient).Promote();
        }
        return best;
    }

    /// <summary>The steps of all examples, and when they are looked at again.</summary>
    private sealed class Checkpoints(int examples, int total, float rises)
    {
        private readonly int[] _rose = new int[examples];
        private readonly bool[] _halved = new bool[examples];
        private readonly float[] _bestThen = [.. Enumerable.Repeat(float.NegativeInfinity, examples)];
        private int _gap = Math.Max(1, (int)(FirstGap * total)), _passed;

        /// <summary>The step of each example, as a share of ε.</summary>
        public float[] Steps { get; } = [.. Enumerable.Repeat(FirstStep, examples)];

        /// <summary>Counts one step; at a checkpoint, halves steps and says which examples return to their best.</summary>
        public bool[] Pass(float[] before, float[] now, float[] best)
        {
            var back = new bool[Steps.Length];
            for (var b = 0; b < back.Length; b++) if (now[b] > before[b]) _rose[b]++;
            if (++_passed < _gap) return back;
            for (var b = 0; b < back.Length; b++)
            {
                back[b] = _rose[b] <= rises * _gap || !_halved[b] && _bestThen[b] >= best[b];
                if (back[b]) Steps[b] /= 2;
                (_halved[b], _bestThen[b], _rose[b]) = (back[b], best[b], 0);
            }
            (_gap, _passed) = (Math.Max(_gap - Math.Max(1, (int)(GapShrinks * total)), Math.Max(1, (int)(LeastGap * total))), 0);
            return back;
        }
    }
}

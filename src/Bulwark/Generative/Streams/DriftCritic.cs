using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Generative.Streams;

/// <summary>
/// What real drift of one table's rows looks like, learned as it happens. D scores a row's move Δ in a window, given how many events the row had before. It
/// learns to tell real moves from such moves stretched by e^U(0, ln s) and given another row's past: noise-contrastive estimation (Gutmann and Hyvärinen
/// 2010), so that D is the logarithm of how much likelier a move is among the real ones; and, where an updater says the moves, to tell real ones from its own. A
/// move whose score is below the q-quantile of those remembered is unlike real drift: it is halved until it is not, or refused.
/// </summary>
public sealed class DriftCritic
{
    private const int Halvings = 5;
    private const float Least = 1e-6f;
    private readonly DriftOptions _options;
    private readonly MlpCritic _critic;
    private readonly Optimizer _optimizer;
    private readonly Reservoir<RowMove> _real;
    private readonly Rng _chance;
    private float _scale = 1;
    private float _threshold = float.NegativeInfinity;

    /// <summary>A critic that has seen nothing: every move passes.</summary>
    public DriftCritic(DriftOptions options, int dimension, Rng rng)
    {
        (_options, _chance) = (options, rng.Fork("steps"));
        _critic = new MlpCritic(dimension + 1, [options.Width], 1);
        _optimizer = new(_critic.Start(rng.Fork("start")), new Adam(2e-3f));
        _real = new(options.Memory, rng.Fork("memory"));
    }

    /// <summary>Windows it has learned from.</summary>
    public int Windows { get; private set; }

    /// <summary>Steps it has taken.</summary>
    public long Steps => _optimizer.Steps;

    /// <summary>Where D stands.</summary>
    internal Point At => _optimizer.At;

    /// <summary>For each move the largest of 1, ½, …, 2⁻⁵ and 0 at which it looks like real drift; 1 in the trusted windows.</summary>
    public float[] Shares(IReadOnlyList<RowMove> moves)
    {
        var shares = new float[moves.Count];
        if (moves.Count == 0) return shares;
        if (Windows < _options.Trusted)
        {
            Array.Fill(shares, 1);
            return shares;
        }
        var factor = 1f;
        for (var halving = 0; halving <= Halvings; halving++, factor /= 2)
        {
            var scores = Scores(moves, factor);
            for (var i = 0; i < shares.Length; i++)
                if (shares[i] == 0 && scores[i] >= _threshold) shares[i] = factor;
        }
        return shares;
    }

    /// <summary>Learns from the moves of a window, as they were before any was shrunk: else the bounds would close in on themselves.</summary>
    public void Learn(IReadOnlyList<RowMove> moves)
    {
        foreach (var move in moves) _real.Add(move);
        if (_real.Kept.Count == 0) return;
        if (Windows++ == 0) _scale = 1 / MathF.Max(Least, moves.Average(move => Norm(move.Delta)) / MathF.Sqrt(moves[0].Delta.Length));
        for (var step = 0; step < _options.Steps; step++) Step(_chance.Fork(_optimizer.Steps));
        _threshold = Quantile(Scores(_real.Kept, 1));
    }

    /// <summary>A step against a generator's moves in the place of stretched ones.</summary>
    /// <param name="made">Its moves, (moves, d).</param>
    /// <param name="past">ln(1 + past) of each, (moves, 1).</param>
    /// <param name="rng">Draws as many real moves.</param>
    internal void Step(Tensor made, Tensor past, Rng rng) => Step([.. Enumerable.Range(0, made.Shape[0]).Select(_ => _real.Draw(rng))], made.Fixed(), past);

    /// <summary>
    /// From here on what a generator says of rows remembered passes as real drift does, all but a share q: a critic that learns against it may know most of its
    /// moves, and is asked which of them are out of the ordinary.
    /// </summary>
    internal void Admit(Tensor made, Tensor past) => _threshold = Math.Min(Quantile(Scores(_real.Kept, 1)), Quantile(Score(At, made, past).Values.ToArray()));

    /// <summary>D([Δ ; ln ‖Δ‖] | ln(1 + past)), with Δ in units of the first window's: (moves, d) to (moves).</summary>
    internal Tensor Score(Point at, Tensor moves, Tensor past)
    {
        var x = moves * _scale;
        return _critic.Score(at, Tensor.Concat(1, x, x.NormOfRows().Clamp(Least, float.MaxValue).Log().Reshape((x.Shape[0], 1))), past);
    }

    private void Step(Rng rng)
    {
        using var scope = Scope.Open();
        RowMove[] real = new RowMove[_options.Batch], fake = new RowMove[_options.Batch];
        for (var b = 0; b < _options.Batch; b++)
        {
            real[b] = _real.Draw(rng);
            var stretch = MathF.Pow(_options.Stretch, rng.NextSingle());
            fake[b] = new([.. _real.Draw(rng).Delta.Select(x => x * stretch)], _real.Draw(rng).Past);
        }
        var (moves, past) = Stack(fake);
        Step(real, moves, past);
    }

    private void Step(RowMove[] real, Tensor fake, Tensor fakePast)
    {
        var (moves, past) = Stack(real);
        _optimizer.Step(Grad.Of(at => AdversarialLoss.NonSaturating.Critic(Score(at, moves, past), Score(at, fake, fakePast)), At).Move);
    }

    private float Quantile(float[] scores)
    {
        Array.Sort(scores);
        return scores[(int)(_options.Refused * (scores.Length - 1))];
    }

    private float[] Scores(IReadOnlyList<RowMove> moves, float factor)
    {
        using var scope = Scope.Open();
        var (x, past) = Stack(moves);
        return Score(At, x * factor, past).Values.ToArray();
    }

    /// <summary>Δ (moves, d) and ln(1 + past) (moves, 1).</summary>
    private static (Tensor Moves, Tensor Past) Stack(IReadOnlyList<RowMove> moves) => (
        StackedRows.Of(moves, move => move.Delta),
        Tensor.Of((moves.Count, 1), [.. moves.Select(move => MathF.Log(1 + move.Past))]));

    private static float Norm(float[] x) => MathF.Sqrt(x.Sum(value => value * value));
}

/// <summary>What became of a row in a window.</summary>
/// <param name="Delta">Δ, (d).</param>
/// <param name="Past">How many events the row had before.</param>
public sealed record RowMove(float[] Delta, int Past);

using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Generative.Streams;

/// <summary>
/// What real drift of one table's rows looks like, learned as it happens. D scores a row's move Δ in a window, given how many events the row had before. It
/// learns to tell real moves from such moves stretched by e^U(0, ln s) and given another row's past: noise-contrastive estimation (Gutmann and Hyvärinen
/// 2010), so that D is the logarithm of how much likelier a move is among the real ones. A move whose score is below the q-quantile of those remembered is
/// unlike real drift: it is halved until it is not, or refused.
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
        var scores = Scores(_real.Kept, 1);
        Array.Sort(scores);
        _threshold = scores[(int)(_options.Refused * (scores.Length - 1))];
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
        var gradient = Grad.Of(at => AdversarialLoss.NonSaturating.Critic(Score(at, real, 1), Score(at, fake, 1)), _optimizer.At).Move;
        _optimizer.Step(gradient);
    }

    private float[] Scores(IReadOnlyList<RowMove> moves, float factor)
    {
        using var scope = Scope.Open();
        return Score(_optimizer.At, moves, factor).Values.ToArray();
    }

    /// <summary>D([Δ ; ln ‖Δ‖] | ln(1 + past)), with Δ in units of the first window's.</summary>
    private Tensor Score(Point at, IReadOnlyList<RowMove> moves, float factor)
    {
        var d = moves[0].Delta.Length;
        var (x, given) = (new float[moves.Count * (d + 1)], new float[moves.Count]);
        for (var i = 0; i < moves.Count; i++)
        {
            for (var k = 0; k < d; k++) x[i * (d + 1) + k] = moves[i].Delta[k] * factor * _scale;
            x[i * (d + 1) + d] = MathF.Log(MathF.Max(Least, Norm(moves[i].Delta) * factor * _scale));
            given[i] = MathF.Log(1 + moves[i].Past);
        }
        return _critic.Score(at, Tensor.Of((moves.Count, d + 1), x), Tensor.Of((moves.Count, 1), given));
    }

    private static float Norm(float[] x) => MathF.Sqrt(x.Sum(value => value * value));
}

/// <summary>What became of a row in a window.</summary>
/// <param name="Delta">Δ, (d).</param>
/// <param name="Past">How many events the row had before.</param>
public sealed record RowMove(float[] Delta, int Past);

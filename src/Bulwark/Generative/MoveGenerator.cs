using Bulwark.Attacks;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// A network that reads what may move and says how: in an L∞ ball δ = ε tanh r, in an L2 ball of rows δ = ε r / √(1 + ‖r‖²), with r = W relu(… relu(x W₀ + b₀) …) + b,
/// then into the box and off what is immutable, all of it differentiable. One pass, no gradient of the victim.
/// </summary>
/// <param name="input">The shape of an example: of a row of what moves.</param>
/// <param name="hidden">Widths of the hidden layers.</param>
public sealed class MoveGenerator(Shape input, IReadOnlyList<int> hidden)
{
    private Variable[] _weights = [];
    private readonly Tower _layers = new("moves", input.Count, hidden, input.Count);

    /// <summary>Starting values of its variables.</summary>
    public Point Start(Rng rng)
    {
        var start = _layers.Start(new Point(), rng);
        _weights = start.Variables.ToArray();                // the same at every start
        return start;
    }

    /// <summary>Whether a variable is one of its weights.</summary>
    public bool Learns(Variable variable) => _weights.Contains(variable);

    /// <summary>The move of each example, inside the threat.</summary>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="clean">Where the victim stands, with what may move: (batch, …).</param>
    /// <param name="threat">How far it may move: one variable, in an L∞ ball or in an L2 ball of rows.</param>
    /// <exception cref="ArgumentException">The threat is another.</exception>
    public Move Of(Point at, Point clean, Threat threat) => InBall(at, clean, threat).Map((variable, delta) =>
    {
        var x = clean[variable];
        if (threat.Box is { } box) delta = (x + delta).Maximum(box.Low).Minimum(box.High) - x;
        return threat.Immutable is { } immutable ? delta * (1 - immutable) : delta;
    });

    /// <summary>The same before the box and what is immutable.</summary>
    internal Move InBall(Point at, Point clean, Threat threat)
    {
        if (threat.Targets is not [var (variable, ball)])
            throw new ArgumentException($"A generator of moves knows one variable; this threat moves {threat.Targets.Count}. Give it one alone.", nameof(threat));
        var x = clean[variable];
        var r = _layers.Of(at, x.Reshape((x.Shape[0], input.Count)), null);                      // (batch, values)
        var delta = ball switch
        {
            LinfBall => r.Tanh() * ball.Epsilon,
            L2Ball { Per: Per.Row } => r / ((r * r).Sum(1, keep: true) + 1).Sqrt() * ball.Epsilon,
            _ => throw new ArgumentException($"A generator of moves keeps to an L∞ ball or to an L2 ball of rows, not to {ball}."),
        };
        return new Move((variable, delta.Reshape(x.Shape)));
    }
}

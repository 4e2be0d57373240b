using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>What an attacker may touch, and how far.</summary>
/// <param name="Targets">Which variables may move, each in its ball.</param>
public sealed record Threat(IReadOnlyList<(Variable Variable, Ball Ball)> Targets)
{
    /// <summary>One ball for all of these variables.</summary>
    public Threat(Ball ball, params IReadOnlyList<Variable> variables) : this([.. variables.Select(variable => (variable, ball))]) { }

    /// <summary>The box that displaced values must stay in; the clean values must lie inside it.</summary>
    public (float Low, float High)? Box { get; init; }

    /// <summary>The variables that may move.</summary>
    public Variable[] Variables { get; } = [.. Targets.Select(target => target.Variable)];

    /// <summary>Whether nothing can move.</summary>
    public bool IsEmpty => Targets.All(target => target.Ball.Epsilon == 0);

    /// <summary>The ball of a variable.</summary>
    public Ball this[Variable variable]
    {
        get
        {
            foreach (var target in Targets) if (target.Variable == variable) return target.Ball;
            throw new KeyNotFoundException($"The threat does not let '{variable}' move. It moves: {string.Join(", ", (object[])Variables)}.");
        }
    }

    /// <summary>The same threat with every radius multiplied by the mean row norm of its variable: equally large for models of any scale.</summary>
    public Threat RelativeTo(Point at) => this with
    {
        Targets = [.. Targets.Select(t => (t.Variable, t.Ball with { Epsilon = t.Ball.Epsilon * (float)at[t.Variable].MeanRowNorm() }))],
    };

    /// <summary>The steepest step for each variable, of this share of its radius.</summary>
    public Move Steepest(Move gradient, float share) => gradient.Map((variable, g) => this[variable].Steepest(g, share * this[variable].Epsilon));

    /// <summary>A random allowed move, on the rows that another touches.</summary>
    public Move Sample(Point at, Move like, Rng rng) =>
        like.Map((variable, l) => Boxed(at[variable], this[variable].Sample(l, rng.Fork(variable.Name))));

    /// <summary>One step uphill of this share of each radius, back into the ball, then into the box.</summary>
    public Move Ascend(Point at, Move from, Move gradient, float share) => gradient.Map((variable, g) =>
    {
        var length = share * this[variable].Epsilon;
        var to = from.TryGet(variable, out var delta) ? this[variable].Ascend(delta, g, length) : this[variable].Project(this[variable].Steepest(g, length));
        return Boxed(at[variable], to);
    });

    /// <summary>The nearest allowed move: into the ball, then into the box.</summary>
    public Move Project(Point at, Move move) => move.Map((variable, delta) => Boxed(at[variable], this[variable].Project(delta)));

    private Tensor Boxed(Tensor value, Tensor delta) => Box is { } box ? delta.KeepInBox(value, box.Low, box.High) : delta;
}

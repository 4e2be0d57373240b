using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// What an attacker may touch, how far, within which constraints of real data, and what is known to him. Searches stay in the ball, in the box and off
/// what is immutable; whole numbers and budgets hold after <see cref="Project"/>, and <see cref="Check"/> tells whether they do.
/// </summary>
/// <param name="Targets">Which variables may move, each in its ball.</param>
public sealed record Threat(IReadOnlyList<(Variable Variable, Ball Ball)> Targets)
{
    /// <summary>One ball for all of these variables.</summary>
    public Threat(Ball ball, params IReadOnlyList<Variable> variables) : this([.. variables.Select(variable => (variable, ball))]) { }

    /// <summary>The box that displaced values must stay in; the clean values must lie inside it.</summary>
    public Box? Box { get; init; }

    /// <summary>1 at elements that must stay as they are, else 0; it broadcasts to the value.</summary>
    public Tensor? Immutable { get; init; }

    /// <summary>1 at elements that may change to whole numbers only, else 0; it broadcasts to the value.</summary>
    public Tensor? Integral { get; init; }

    /// <summary>
    /// Blocks of neighboring columns, one column for each category, of which exactly one is 1: a change is to another category, or none. A row that cannot afford
    /// its new categories within the ball keeps the old ones.
    /// </summary>
    public IReadOnlyList<(int First, int Count)> OneHot { get; init; } = [];

    /// <summary>The most elements that may change at one index of the first axis: in an example, or in a row of a table.</summary>
    public int Budget { get; init; } = int.MaxValue;

    /// <summary>What the attacker knows of the model.</summary>
    public Knowledge Knowledge { get; init; } = Knowledge.White;

    /// <summary>Which variables may move, each in its ball.</summary>
    public IReadOnlyList<(Variable Variable, Ball Ball)> Targets
    {
        get;
        init => (field, Variables) = (value, [.. value.Select(target => target.Variable)]);
    } = Targets;

    /// <summary>The variables that may move.</summary>
    public Variable[] Variables { get; private init; } = [.. Targets.Select(target => target.Variable)];

    /// <summary>Whether nothing can move.</summary>
    public bool IsEmpty => Budget == 0 || Targets.All(target => target.Ball.Epsilon == 0);

    /// <summary>Whether a step within the radius is allowed as it is.</summary>
    internal bool IsBallAlone => Box is null && Immutable is null && OneHot.Count == 0;

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
    public Move Steepest(Move gradient, float share) =>
        gradient.Map((variable, g) => this[variable].Steepest(Categories.Toward(g, OneHot), share * this[variable].Epsilon));

    /// <summary>A random allowed move, on the rows that another touches.</summary>
    public Move Sample(Point at, Move like, Rng rng) =>
        like.Map((variable, l) => Inside(at[variable], this[variable].Sample(l, rng.Fork(variable.Name))));

    /// <summary>One step uphill of this share of each radius, back into the ball, then into the box.</summary>
    public Move Ascend(Point at, Move from, Move gradient, float share) => gradient.Map((variable, g) =>
    {
        var length = share * this[variable].Epsilon;
        g = Categories.Toward(g, OneHot);
        var to = from.TryGet(variable, out var delta) ? this[variable].Ascend(delta, g, length) : this[variable].Project(this[variable].Steepest(g, length));
        return Inside(at[variable], to);
    });

    /// <summary>What a search keeps to: into the ball, then into the box and off what is immutable.</summary>
    public Move Confine(Point at, Move move) => move.Map((variable, delta) => Inside(at[variable], this[variable].Project(delta)));

    /// <summary>
    /// The allowed move that a search's move comes to: confined, whole numbers rounded toward the clean value, categories made whole, and of
    /// each row the largest changes that the budget pays for. Measure it again: what was found before is not what remains.
    /// </summary>
    public Move Project(Point at, Move move)
    {
        var confined = Confine(at, move);
        if (Integral is null && OneHot.Count == 0 && Budget == int.MaxValue) return confined;
        return confined.Map((variable, delta) => Rounding.Afford(
            Categories.Whole(at[variable], Rounding.TowardClean(at[variable], delta, Integral), OneHot, this[variable]), Budget, OneHot));
    }

    /// <summary>Throws if a move is not allowed: nothing is clipped in silence.</summary>
    /// <exception cref="ArgumentException">It is not; the message names the constraint that it violates.</exception>
    public void Check(Point at, Move move)
    {
        if (Violations.First(this, at, move) is { } violation) throw new ArgumentException($"{violation}; project the move and measure again.");
    }

    /// <summary>
    /// What an evaluation may measure of a search's move: the search must have kept to the ball, the box and what is immutable, which is an error otherwise and is
    /// not clipped; then whole numbers, categories and the budget are enforced (<see cref="Project"/>), which a search leaves to its caller.
    /// </summary>
    /// <param name="at">Where the search began.</param>
    /// <param name="move">What it returned.</param>
    /// <param name="attack">What the complaint calls it.</param>
    /// <exception cref="InvalidOperationException">It went farther, or elsewhere; the message names the constraint.</exception>
    public Move Admit(Point at, Move move, string attack)
    {
        if (Violations.First(Kept, at, move) is { } broken)
            throw new InvalidOperationException($"{attack} broke the threat that it was given: {broken}; what it found is not measured.");
        var allowed = Project(at, move);
        return Violations.First(this, at, allowed) is not { } left ? allowed
            : throw new InvalidOperationException($"No move near that of {attack} keeps to the threat: {left}.");
    }

    /// <summary>What a search keeps to itself.</summary>
    private Threat Kept => this with { Integral = null, OneHot = [], Budget = int.MaxValue };

    /// <summary>Throws if the attacker knows less than a search needs.</summary>
    /// <exception cref="InvalidOperationException">He does; the message names searches that need less.</exception>
    public void Demand(Knowledge needed)
    {
        if (Knowledge >= needed) return;
        throw new InvalidOperationException(needed == Knowledge.White
            ? $"This search reads gradients, but the threat's attacker knows the model as a {Knowledge.ToString().ToLowerInvariant()} box; " +
                "give it an AntitheticSlope, or use Square, HopSkipJump or Transfer."
            : "This search trains on what the model was trained on, but the threat's attacker sees answers alone; use Square, HopSkipJump or an AntitheticSlope.");
    }

    /// <summary>Into the box and off what is immutable, whatever the ball.</summary>
    internal Tensor Inside(Tensor value, Tensor delta)
    {
        if (Box is { } box) delta = box.Keep(value, delta);
        if (Immutable is { } immutable) delta *= 1 - immutable;
        return Categories.Relaxed(value, delta, OneHot);
    }
}

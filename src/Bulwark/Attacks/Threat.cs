using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>What an attacker may touch, and how far.</summary>
/// <param name="Ball">How far each variable may move.</param>
/// <param name="Variables">Which variables may move.</param>
public sealed record Threat(Ball Ball, params IReadOnlyList<Variable> Variables)
{
    /// <summary>The box that displaced values must stay in; the clean values must lie inside it.</summary>
    public (float Low, float High)? Box { get; init; }

    /// <summary>The nearest allowed move: into the ball, then into the box.</summary>
    public Move Project(Point at, Move move) => move.Map((variable, delta) =>
    {
        var inside = Ball.Project(delta);
        return Box is not { } box ? inside : (at[variable] + inside).Clamp(box.Low, box.High) - at[variable];
    });
}

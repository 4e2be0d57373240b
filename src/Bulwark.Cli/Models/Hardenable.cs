using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>What defenses can use of a model that is trained in steps; null where it has nothing of the kind.</summary>
/// <param name="Plain">What it is trained with.</param>
internal sealed record Hardenable<TBatch>(Objective<TBatch> Plain)
{
    /// <summary>What it answers: clean and moved answers can be compared.</summary>
    public Outputs<TBatch>? Outputs { get; init; }

    /// <summary>The objective with a share of each label spread over all.</summary>
    public Func<float, Objective<TBatch>>? Smoothed { get; init; }

    /// <summary>The objective on mixtures of inputs.</summary>
    public Objective<TBatch>? Mixed { get; init; }

    /// <summary>The objective beside that on histories with the worst items at a share of their places, of the share and λ.</summary>
    public Func<float, float, Objective<TBatch>>? Replaced { get; init; }

    /// <summary>Defensive distillation: the teacher's objective, and the student's of what was taught.</summary>
    public (Objective<TBatch> Teacher, Func<Point, Objective<TBatch>> Student)? Distilled { get; init; }
}

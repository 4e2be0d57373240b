using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>How the hardened way of a <see cref="Hardening"/> goes on from the point where the ways part.</summary>
/// <param name="Stages">What is made small, one after the other; with <see cref="Rounds"/> none.</param>
public sealed record HardenedWay<TBatch>(params IReadOnlyList<Stage<TBatch>> Stages)
{
    /// <summary>Steps taken on each batch in turn, for <see cref="FreeTraining"/>: give the stages as many times fewer epochs.</summary>
    public int Replays { get; init; } = 1;

    /// <summary>What is learned beside the model from here on and left behind in the end, as a generator of moves is.</summary>
    public Point Beside { get; init; } = new();

    /// <summary>Rounds of training and attack instead of stages; null for stages.</summary>
    public HardeningRounds<TBatch>? Rounds { get; init; }
}

/// <summary>Rounds of training, each followed by an attack.</summary>
/// <param name="Loop">When they end.</param>
/// <param name="Next">The stage of the coming round, of all that was measured.</param>
/// <param name="Measure">A figure without and under attack, on validation data: higher for better.</param>
public sealed record HardeningRounds<TBatch>(
    IteratedHardening Loop, Func<IReadOnlyList<HardeningRound>, Stage<TBatch>> Next, Func<Point, (double Clean, double Attacked)> Measure);

/// <summary>One training of a hardening.</summary>
/// <param name="Name">What reports call the model.</param>
/// <param name="At">The trained point.</param>
/// <param name="Curve">All its epochs, those before the ways parted included.</param>
public sealed record HardenedTraining(string Name, Point At, IReadOnlyList<EpochRecord> Curve)
{
    /// <summary>What its rounds came to; empty where it had none.</summary>
    public IReadOnlyList<HardeningRound> Rounds { get; init; } = [];
}

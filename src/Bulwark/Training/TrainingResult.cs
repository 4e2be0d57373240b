using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>What training gave.</summary>
/// <param name="At">The trained point: the best by validation where that may stop training, else the last.</param>
/// <param name="Curve">One record an epoch.</param>
/// <param name="BestEpoch">The epoch of <paramref name="At"/>.</param>
public sealed record TrainingResult(Point At, IReadOnlyList<EpochRecord> Curve, int BestEpoch)
{
    /// <summary>Where the optimizer stood at the end, so that another training can go on from here.</summary>
    internal Snapshot End { get; init; } = Snapshot.None;

    /// <summary>The same with more to learn from here on, at these values. A running mean of the weights begins anew.</summary>
    public TrainingResult With(Point more) => more.Variables.Length == 0 ? this : this with
    {
        At = At.With(more),
        End = End with { New = [.. more.Variables.ToArray().Select(variable => variable.Name)], Mean = null },
    };
}

/// <summary>An optimizer's weights and state after some steps of training.</summary>
internal sealed record Snapshot(IReadOnlyList<(string Name, Tensor Value)> Entries, long OptimizerSteps, long Step, RunningMean? Mean)
{
    public static Snapshot None { get; } = new([], 0, 0, null);

    /// <summary>Variables that were not there yet and start where they stand.</summary>
    public IReadOnlyList<string> New { get; init; } = [];
}

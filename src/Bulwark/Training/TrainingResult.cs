using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>What training gave.</summary>
/// <param name="At">The trained point: the best by validation where patience is set, else the last.</param>
/// <param name="Curve">One record an epoch.</param>
/// <param name="BestEpoch">The epoch of <paramref name="At"/>.</param>
public sealed record TrainingResult(Point At, IReadOnlyList<EpochRecord> Curve, int BestEpoch);

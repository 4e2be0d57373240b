using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>What a game gave.</summary>
/// <param name="Generator">The generator's weights, or their running mean where one was asked for.</param>
/// <param name="Critic">The critic's weights.</param>
/// <param name="Curve">One record an epoch.</param>
public sealed record GameResult(Point Generator, Point Critic, IReadOnlyList<GameEpoch> Curve)
{
    /// <summary>What was wrong in the last epoch: a collapse that was answered, or passed by itself, is over.</summary>
    public GameWarning Warning => Curve.Count > 0 ? Curve[^1].Warning : GameWarning.None;

    /// <summary>The critic's losses as a training curve, with the samples' coverage as its validation.</summary>
    public IReadOnlyList<EpochRecord> CriticCurve => [.. Curve.Select(epoch => new EpochRecord("critic", epoch.Epoch, epoch.CriticLoss, epoch.Quality?.Coverage))];

    /// <summary>The generator's losses as a training curve, with the samples' coverage as its validation.</summary>
    public IReadOnlyList<EpochRecord> GeneratorCurve =>
        [.. Curve.Select(epoch => new EpochRecord("generator", epoch.Epoch, epoch.GeneratorLoss, epoch.Quality?.Coverage))];
}

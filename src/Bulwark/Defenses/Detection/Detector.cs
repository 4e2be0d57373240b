using Bulwark.Tensors;

namespace Bulwark.Defenses.Detection;

/// <summary>How odd each user's profile is in one respect.</summary>
/// <param name="Name">As tables show it.</param>
/// <param name="Reason">What a high score says of a user, to follow "this account".</param>
/// <param name="Score">(users): higher is odder; NaN for a user without a profile. Chance is used by forests alone.</param>
public sealed record Detector(string Name, string Reason, Func<Profiles, Rng, double[]> Score)
{
    /// <summary>Every detector of single profiles. None is told how many fakes there are.</summary>
    public static IReadOnlyList<Detector> All { get; } =
    [
        RatingDeviation.Rdma, RatingDeviation.Wdma, LengthVariance.Detector, DegreeOfSimilarity.Detector, Unpopularity.Detector,
        VariableSelection.Detector, IsolationForest.Detector,
    ];
}

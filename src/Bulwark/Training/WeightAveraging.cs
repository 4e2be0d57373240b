using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// a ← a + max(1/n, 1 − β)(w − a) at the end of the n-th epoch that counts: the result is a running mean of the weights, and training goes on from w
/// untouched by it. β = 1 is the plain mean (stochastic weight averaging: Izmailov et al. 2018), below it an exponential one that forgets (Polyak and
/// Juditsky 1992 for the principle). Validation is measured at the mean.
/// </summary>
/// <param name="After">Epochs that do not count, over all stages and all trainings that this one continues.</param>
/// <param name="Decay">β in [0, 1]; 0 is no averaging.</param>
public sealed record WeightAveraging(int After, float Decay = 1)
{
    /// <summary>β in [0, 1].</summary>
    public float Decay { get; init; } = Decay is >= 0 and <= 1 ? Decay : throw new ArgumentOutOfRangeException(nameof(Decay), Decay, "β lies between 0 and 1.");
}

/// <summary>The running mean so far, and of how many epochs it is.</summary>
internal sealed record RunningMean(Point At, int Count)
{
    /// <summary>With one point more.</summary>
    public static RunningMean Of(RunningMean? mean, Point weights, WeightAveraging how)
    {
        if (mean is null) return new(weights.Keep(), 1);
        using var scope = Scope.Open();
        var share = Math.Max(1f / (mean.Count + 1), 1 - how.Decay);
        return new(weights.Map((variable, w) => variable.IsGiven ? w : mean.At[variable] + (w - mean.At[variable]) * share).Keep(), mean.Count + 1);
    }
}

namespace Bulwark.Evaluation.Privacy;

/// <summary>How well scores tell members of the training data from others.</summary>
/// <param name="Auc">The chance that a member scores above another: ½ where nothing leaks.</param>
/// <param name="FewFalse">
/// The share of members found by the threshold that calls at most 1 of 100 others a member: .01 where nothing leaks. An average hides it if a few people are
/// given away for certain (Carlini et al. 2022).
/// </param>
public sealed record Leakage(double Auc, double FewFalse)
{
    /// <summary>The false positives allowed.</summary>
    public const double FalsePositives = 0.01;

    /// <summary>What an attacker gets out of scores.</summary>
    /// <param name="scores">(n): higher for more likely a member.</param>
    /// <param name="members">(n): who is one; both kinds must occur.</param>
    public static Leakage Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> members)
    {
        var curve = ThresholdCurve.Roc(scores, members, int.MaxValue);
        return new(curve.Area, curve.Points.Where(point => point.X <= FalsePositives).Max(point => point.Y));
    }

    /// <summary>The mean over targets.</summary>
    public static Leakage Mean(IEnumerable<Leakage> targets)
    {
        var all = targets.ToArray();
        return new(all.Average(one => one.Auc), all.Average(one => one.FewFalse));
    }
}

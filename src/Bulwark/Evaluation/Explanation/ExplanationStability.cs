namespace Bulwark.Evaluation.Explanation;

/// <summary>How alike two explanations of one answer are, such as before and after a perturbation.</summary>
/// <param name="RankCorrelation">Spearman's ρ of the attributions, ties sharing their mean rank: 1 where the order is the same. NaN where all attributions of a side are equal.</param>
/// <param name="TopOverlap">The share of the k strongest that both name.</param>
public readonly record struct ExplanationStability(double RankCorrelation, double TopOverlap)
{
    /// <summary>Compares attributions of the same things in the same order.</summary>
    /// <param name="before">(n).</param>
    /// <param name="after">(n).</param>
    /// <param name="k">How many are named; at most n.</param>
    public static ExplanationStability Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after, int k)
    {
        if (before.Length != after.Length) throw new ArgumentException($"There are {before.Length} and {after.Length} attributions; compare those of the same things.");
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, before.Length);
        return new(Correlation(Ranks(before), Ranks(after)), (double)Top(before, k).Intersect(Top(after, k)).Count() / k);
    }

    private static int[] Top(ReadOnlySpan<double> values, int k)
    {
        var all = values.ToArray();
        return [.. Enumerable.Range(0, all.Length).OrderByDescending(n => all[n]).Take(k)];
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var all = values.ToArray();
        return [.. all.Select(value => all.Count(other => other < value) + (all.Count(other => other == value) - 1) / 2.0)];
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var product = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return product / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}

using Bulwark.Tensors;
using MathNet.Numerics;

namespace Bulwark.Evaluation;

/// <summary>What a paired test found.</summary>
/// <param name="Difference">The mean of a − b.</param>
/// <param name="Statistic">t of Student's test, W⁺ of Wilcoxon's.</param>
/// <param name="P">The two-sided probability of a statistic as extreme if a and b do not differ.</param>
/// <param name="Pairs">The pairs that count.</param>
public readonly record struct PairedTest(double Difference, double Statistic, double P, int Pairs);

/// <summary>Whether a difference between two models, measured on the same users or seeds, is more than chance.</summary>
public static class Significance
{
    private const int ExactPairs = 50;

    /// <summary>
    /// Student's paired t test: t = mean(d) / (deviation(d) / √n) with d = a − b and n − 1 degrees of freedom. If all differences are the
    /// same, P is 1 where they are 0 and else 0.
    /// </summary>
    /// <param name="a">(n): one model's values, n at least 2.</param>
    /// <param name="b">(n): the other's, for the same users in the same order.</param>
    public static PairedTest StudentT(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var spread = Spread.Of(Differences(a, b));
        var n = spread.Count;
        if (spread.Deviation == 0)
            return spread.Mean == 0 ? new(0, 0, 1, n) : new(spread.Mean, spread.Mean > 0 ? double.PositiveInfinity : double.NegativeInfinity, 0, n);
        var t = spread.Mean / (spread.Deviation / Math.Sqrt(n));
        double freedom = n - 1;
        // P(|T| > |t|) = I_{ν / (ν + t²)}(ν/2, ½), the regularized incomplete beta function.
        return new(spread.Mean, t, SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + t * t)), n);
    }

    /// <summary>
    /// Wilcoxon's signed-rank test (1945): W⁺ = the sum of the ranks of |d| over pairs with d = a − b above 0. Pairs with d = 0 do not count;
    /// equal |d| share their mean rank. P is exact for up to 50 pairs, ties included, and beyond that normal with corrections for ties and
    /// continuity.
    /// </summary>
    /// <param name="a">(n): one model's values, n at least 2.</param>
    /// <param name="b">(n): the other's, for the same users in the same order.</param>
    public static PairedTest Wilcoxon(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var all = Differences(a, b);
        var differences = all.Where(d => d != 0).OrderBy(Math.Abs).ToArray();
        var n = differences.Length;
        var doubled = new int[n];                            // twice the ranks: whole numbers, even where ranks are shared
        double positive = 0, ties = 0;                       // 2W⁺ and Σ t³ − t
        for (int first = 0, next; first < n; first = next)
        {
            for (next = first + 1; next < n && Math.Abs(differences[next]) == Math.Abs(differences[first]); next++) { }
            double t = next - first;
            ties += t * t * t - t;
            for (var i = first; i < next; i++)
            {
                doubled[i] = first + 1 + next;
                if (differences[i] > 0) positive += doubled[i];
            }
        }
        var p = n <= ExactPairs ? ExactSignedRank(doubled, (int)positive) : NormalSignedRank(n, positive / 2, ties);
        return new(all.Average(), positive / 2, p, n);
    }

    /// <summary>An interval for the mean: the middle of the means of resamples drawn with replacement (percentile bootstrap, Efron 1979).</summary>
    /// <param name="values">(n): one for each user; for a comparison, differences.</param>
    /// <param name="rng">The same stream gives the same interval.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <param name="resamples">How many are drawn.</param>
    public static (double Low, double High) Bootstrap(ReadOnlySpan<double> values, Rng rng, double confidence = 0.95, int resamples = 2000)
    {
        if (values.IsEmpty) throw new ArgumentException("There is no value to resample: give at least one.", nameof(values));
        if (confidence is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Give a share such as 0.95.");
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var means = new double[resamples];
        for (var sample = 0; sample < resamples; sample++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++) sum += values[rng.Next(values.Length)];
            means[sample] = sum / values.Length;
        }
        Array.Sort(means);
        return (Quantile(means, (1 - confidence) / 2), Quantile(means, (1 + confidence) / 2));
    }

    private static double[] Differences(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"There are {a.Length} and {b.Length} values: a paired test needs the same users in both.");
        if (a.Length < 2) throw new ArgumentException($"A paired test needs at least 2 pairs, not {a.Length}: measure more users or seeds.");
        var differences = new double[a.Length];
        for (var i = 0; i < differences.Length; i++) differences[i] = a[i] - b[i];
        return differences;
    }

    // Each sign is a fair coin: the distribution of 2W⁺ grows by one rank at a time.
    private static double ExactSignedRank(int[] doubled, int positive)
    {
        var chance = new double[doubled.Sum() + 1];
        chance[0] = 1;
        var reached = 0;
        foreach (var rank in doubled)
        {
            reached += rank;
            for (var sum = reached; sum >= 0; sum--) chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2;
        }
        var tail = Math.Min(chance.AsSpan(0, positive + 1).ToArray().Sum(), chance.AsSpan(positive).ToArray().Sum());
        return Math.Min(1, 2 * tail);
    }

    private static double NormalSignedRank(int pairs, double positive, double ties)
    {
        double n = pairs;
        var variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
        var z = Math.Max(0, Math.Abs(positive - n * (n + 1) / 4) - 0.5) / Math.Sqrt(variance);
        return SpecialFunctions.Erfc(z / Math.Sqrt(2));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}

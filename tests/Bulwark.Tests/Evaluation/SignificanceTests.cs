using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class SignificanceTests
{
    private static readonly double[] Zeros = new double[200];

    [Fact]
    public void StudentTWorkedByHand()
    {
        // d = 1, 2, 3: mean 2, deviation 1, t = 2√3. With 2 degrees of freedom P = 1 − t / √(2 + t²).
        var test = Significance.StudentT([2, 4, 6], [1, 2, 3]);
        Assert.Equal((2, 3), (test.Difference, test.Pairs));
        Assert.Equal(2 * Math.Sqrt(3), test.Statistic, 12);
        Assert.Equal(1 - 2 * Math.Sqrt(3) / Math.Sqrt(14), test.P, 12);
        // d = 1, 3: mean 2, deviation √2, t = 2. With 1 degree of freedom P = 1 − (2/π)·arctan t.
        Assert.Equal(1 - 2 / Math.PI * Math.Atan(2), Significance.StudentT([1, 3], [0, 0]).P, 12);
        // The 5% point for 10 degrees of freedom is 2.2281 (any table): 11 values of mean m and deviation 1 have t = m·√11.
        var eleven = new double[] { -2, -1, -1, 0, 0, 0, 0, 0, 1, 1, 2 }.Select(x => x / Math.Sqrt(1.2) + 2.228139 / Math.Sqrt(11)).ToArray();
        Assert.Equal(0.05, Significance.StudentT(eleven, Zeros.AsSpan(0, 11)).P, 6);
    }

    [Fact]
    public void ConstantDifferencesAreCertain()
    {
        Assert.Equal(1, Significance.StudentT([1, 2], [1, 2]).P);
        Assert.Equal(0, Significance.StudentT([2, 3], [1, 2]).P);
        Assert.Equal(1, Significance.Wilcoxon([1, 2], [1, 2]).P);
    }

    [Fact]
    public void WilcoxonWorkedByHand()
    {
        // d = 1, 2, 3: W⁺ = 6, reached by one of 8 choices of signs; two-sided 2/8.
        var test = Significance.Wilcoxon([1, 2, 3], [0, 0, 0]);
        Assert.Equal((2, 6, 0.25, 3), (test.Difference, test.Statistic, test.P, test.Pairs));
        // d = 0 does not count; |d| = 1, 1, 2 have ranks 1.5, 1.5, 3. W⁺ = 1.5 + 3; sums of at least 4.5: {1.5, 3} twice and all: 3 of 8.
        test = Significance.Wilcoxon([1, -1, 2, 0], Zeros.AsSpan(0, 4));
        Assert.Equal((0.5, 4.5, 0.75, 3), (test.Difference, test.Statistic, test.P, test.Pairs));
    }

    [Fact]
    public void WilcoxonCountsTheChoicesOfSigns()
    {
        var rng = new Rng(1);
        for (var trial = 0; trial < 30; trial++)
        {
            var d = Enumerable.Range(0, 8).Select(_ => (double)(rng.Next(9) - 4)).Where(x => x != 0).ToArray();
            if (d.Length < 2) continue;
            var ranks = d.Select(x => d.Count(y => Math.Abs(y) < Math.Abs(x)) + (d.Count(y => Math.Abs(y) == Math.Abs(x)) + 1) / 2.0).ToArray();
            var observed = ranks.Where((_, i) => d[i] > 0).Sum();
            var (low, high) = (0, 0);
            for (var signs = 0; signs < 1 << d.Length; signs++)
            {
                var sum = ranks.Where((_, i) => (signs >> i & 1) == 1).Sum();
                if (sum <= observed) low++;
                if (sum >= observed) high++;
            }
            var test = Significance.Wilcoxon(d, Zeros.AsSpan(0, d.Length));
            Assert.Equal(observed, test.Statistic, 12);
            Assert.Equal(Math.Min(1, 2.0 * Math.Min(low, high) / (1 << d.Length)), test.P, 12);
        }
    }

    [Fact]
    public void WilcoxonOfManyPairsWorkedByHand()
    {
        // d = 1 … 60 but −1, −2, −3, …, −20: W⁺ = 1830 − 210 = 1620, mean 915, variance 60·61·121/24 = 18452.5, z = 704.5 / 135.84 = 5.1863.
        var d = Enumerable.Range(1, 60).Select(i => i <= 20 ? -i : (double)i).ToArray();
        var test = Significance.Wilcoxon(d, Zeros.AsSpan(0, 60));
        Assert.Equal(1620, test.Statistic);
        Assert.Equal(2.145e-7, test.P, 1e-9);                // 2·(1 − Φ(5.1863))
        // All |d| equal, 40 up and 20 down: each rank 30.5, W⁺ = 1220, variance 18452.5 − (60³ − 60)/48 = 13953.75, z = 304.5 / 118.126.
        var equal = Enumerable.Range(0, 60).Select(i => i < 20 ? -1.0 : 1).ToArray();
        Assert.Equal(0.00994, Significance.Wilcoxon(equal, Zeros.AsSpan(0, 60)).P, 1e-4);     // 2·(1 − Φ(2.5778))
    }

    [Fact]
    public void TheExactAndTheNormalWilcoxonMeet()
    {
        // One pair more changes exact into normal, and P by little.
        var rng = new Rng(2);
        var d = Enumerable.Range(0, 51).Select(_ => rng.NextGaussian() + 0.25).ToArray();
        d[50] = 1e-9;                                        // the lowest rank
        Assert.Equal(Significance.Wilcoxon(d.AsSpan(0, 50), Zeros.AsSpan(0, 50)).P, Significance.Wilcoxon(d, Zeros.AsSpan(0, 51)).P, 0.01);
    }

    [Fact]
    public void WhereNothingDiffersOneTestInTenIsBelowATenth()
    {
        var rng = new Rng(3);
        var (student, exact, normal) = (0, 0, 0);
        for (var trial = 0; trial < 1000; trial++)
        {
            var d = Enumerable.Range(0, 60).Select(_ => rng.NextGaussian()).ToArray();
            if (Significance.StudentT(d.AsSpan(0, 8), Zeros.AsSpan(0, 8)).P < 0.1) student++;
            if (Significance.Wilcoxon(d.AsSpan(0, 30), Zeros.AsSpan(0, 30)).P < 0.1) exact++;
            if (Significance.Wilcoxon(d, Zeros.AsSpan(0, 60)).P < 0.1) normal++;
        }
        Assert.All([student, exact, normal], count => Assert.InRange(count, 70, 130));       // 100 ± 3 deviations of 9.5
    }

    [Fact]
    public void SwappingTheModelsTurnsTheSign()
    {
        double[] a = [0.1, 0.5, 0.3, 0.9, 0.4], b = [0.2, 0.1, 0.3, 0.4, 0.1];
        var (student, other) = (Significance.StudentT(a, b), Significance.StudentT(b, a));
        Assert.Equal((student.Difference, student.Statistic, student.P), (-other.Difference, -other.Statistic, other.P));
        Assert.Equal(Significance.Wilcoxon(a, b).P, Significance.Wilcoxon(b, a).P, 12);
    }

    [Fact]
    public void NineIntervalsInTenHoldTheMean()
    {
        var rng = new Rng(4);
        var held = 0;
        for (var trial = 0; trial < 300; trial++)
        {
            var values = Enumerable.Range(0, 50).Select(_ => 3 + rng.NextGaussian()).ToArray();
            var (low, high) = Significance.Bootstrap(values, rng.Fork(trial), confidence: 0.9, resamples: 400);
            if (low <= 3 && 3 <= high) held++;
        }
        Assert.InRange(held, 250, 288);
    }

    [Fact]
    public void TheBootstrapOfASeedRepeatsAndOfAConstantIsAPoint()
    {
        double[] values = [1, 2, 4, 8];
        Assert.Equal(Significance.Bootstrap(values, new Rng(5)), Significance.Bootstrap(values, new Rng(5)));
        Assert.Equal((3, 3), Significance.Bootstrap([3, 3, 3], new Rng(5)));
        var (low, high) = Significance.Bootstrap(values, new Rng(5), confidence: 0.5);
        Assert.True(Significance.Bootstrap(values, new Rng(5)).Low < low && low < high && high < 8);
    }

    [Fact]
    public void SpreadWorkedByHand()
    {
        // 1, 2, 6: mean 3, squares 4 + 1 + 9 = 14 over 2.
        var spread = Spread.Of(1, 2, 6);
        Assert.Equal((3, Math.Sqrt(7), 3), (spread.Mean, spread.Deviation, spread.Count));
        Assert.Equal(("3.0000 ± 2.6458", "0.5000"), (spread.ToString(), Spread.Of(0.5).ToString()));
        Assert.Throws<ArgumentException>(() => Spread.Of());
    }

    [Fact]
    public void MistakesAreExplained()
    {
        Assert.Contains("3 and 2 values", Assert.Throws<ArgumentException>(() => Significance.StudentT([1, 2, 3], [1, 2])).Message);
        Assert.Contains("at least 2 pairs", Assert.Throws<ArgumentException>(() => Significance.Wilcoxon([1], [2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Significance.Bootstrap([1, 2], new Rng(1), confidence: 95));
        Assert.Throws<ArgumentException>(() => Significance.Bootstrap([], new Rng(1)));
    }
}

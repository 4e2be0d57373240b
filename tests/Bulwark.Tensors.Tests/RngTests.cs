namespace Bulwark.Tensors.Tests;

public sealed class RngTests
{
    /// <summary>
    /// SplitMix64 with the seed 1234567 begins with these numbers (Steele, Lea and Flood 2014; the reference implementation by Vigna). A stream with
    /// that key is that generator.
    /// </summary>
    [Fact]
    public void TheStreamIsSplitMix64()
    {
        var rng = Rng.Resume((1234567, 0));
        Assert.Equal((6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL), (rng.NextBits(), rng.NextBits(), rng.NextBits()));
    }

    [Fact]
    public void SeedsAndForksGiveTheNumbersTheyAlwaysGave() => Assert.Equal(
        (10597403551382543892UL, 10387686228968481322UL, 9195988781796121444UL, 4850126496828777898UL),
        (new Rng(0).NextBits(), new Rng(1).NextBits(), new Rng(1).Fork("negatives").NextBits(), new Rng(1).Fork(7).NextBits()));

    [Fact]
    public void AResumedStreamContinues()
    {
        var rng = new Rng(3);
        _ = rng.NextGaussian();
        var resumed = Rng.Resume(rng.State);
        Assert.Equal(rng.NextBits(), resumed.NextBits());
        Assert.Equal(rng.NextBits(), resumed.NextBits());
    }

    [Fact]
    public void ForksDependOnTheKeyAndThePurposeAlone()
    {
        var (rng, used) = (new Rng(3), new Rng(3));
        _ = used.NextBits();
        Assert.Equal(rng.Fork("a").NextBits(), used.Fork("a").NextBits());
        Assert.Equal(rng.Fork(1).NextBits(), used.Fork(1).NextBits());
        Assert.Equal(rng.NextBits(), new Rng(3).NextBits());
    }

    /// <summary>Streams of 200 forks, numbered and named, of two seeds, and of forks of forks: all first numbers differ.</summary>
    [Fact]
    public void ForksDiffer()
    {
        var seen = new HashSet<ulong>();
        foreach (var seed in new ulong[] { 1, 2 })
            for (var i = 0; i < 200; i++)
            {
                var rng = new Rng(seed);
                Assert.True(seen.Add(rng.Fork(i).NextBits()) && seen.Add(rng.Fork($"{i}").NextBits()) && seen.Add(rng.Fork(i).Fork(0).NextBits()));
            }
    }

    /// <summary>The correlation of two forks over n pairs is within five deviations, 5/√n, of 0.</summary>
    [Fact]
    public void NeighboringForksAreUncorrelated()
    {
        const int n = 50_000;
        var (a, b) = (new Rng(1).Fork(1), new Rng(1).Fork(2));
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += (a.NextDouble() - 0.5) * (b.NextDouble() - 0.5) * 12;
        Assert.InRange(sum / n, -5 / Math.Sqrt(n), 5 / Math.Sqrt(n));
    }

    /// <summary>χ² over 100 cells has the mean 99 and the deviation √198: six of these are 84.</summary>
    [Theory, InlineData("whole"), InlineData("single"), InlineData("double")]
    public void NumbersAreUniform(string kind)
    {
        const int n = 100_000;
        var (rng, cells) = (new Rng(5), new int[100]);
        for (var i = 0; i < n; i++)
            cells[kind switch { "whole" => rng.Next(100), "single" => (int)(rng.NextSingle() * 100), _ => (int)(rng.NextDouble() * 100) }]++;
        Assert.InRange(cells.Sum(count => (count - n / 100.0) * (count - n / 100.0) / (n / 100.0)), 99 - 84, 99 + 84);
    }

    /// <summary>All 24 orders of four things equally often; χ² with 23 degrees of freedom: mean 23, deviation √46.</summary>
    [Fact]
    public void ShufflesAreFair()
    {
        const int n = 48_000;
        var (rng, counts) = (new Rng(6), new Dictionary<string, int>());
        for (var i = 0; i < n; i++)
        {
            char[] cards = ['a', 'b', 'c', 'd'];
            rng.Shuffle<char>(cards);
            var order = new string(cards);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(count => (count - n / 24.0) * (count - n / 24.0) / (n / 24.0)), 0, 23 + 6 * Math.Sqrt(46));
    }

    /// <summary>P(|z| ≤ 1) = .6827 and the mean of z⁴ is 3.</summary>
    [Fact]
    public void GaussiansAreNormal()
    {
        const int n = 100_000;
        var rng = new Rng(7);
        var (inside, fourth) = (0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var z = rng.NextGaussian();
            if (Math.Abs(z) <= 1) inside++;
            fourth += z * z * z * z;
        }
        Assert.Equal(0.6827, inside / (double)n, 0.008);
        Assert.Equal(3, fourth / n, 0.16);                   // five deviations: 5 √(96 / n)
    }
}

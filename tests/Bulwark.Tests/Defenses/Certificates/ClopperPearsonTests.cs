using Bulwark.Defenses.Certificates;
using MathNet.Numerics.Distributions;

namespace Bulwark.Tests.Defenses.Certificates;

public sealed class ClopperPearsonTests
{
    /// <summary>Two-sided 95% intervals as printed in tables: α = .025 on each side.</summary>
    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(10, 10, 0.6915, 1)]
    [InlineData(1, 20, 0.0013, 0.2487)]
    [InlineData(15, 20, 0.5090, 0.9134)]
    [InlineData(50, 100, 0.3983, 0.6017)]
    public void BoundsAreThoseOfTables(int k, int n, double lower, double upper)
    {
        Assert.Equal(lower, ClopperPearson.Lower(k, n, 0.025), 5e-5);
        Assert.Equal(upper, ClopperPearson.Upper(k, n, 0.025), 5e-5);
    }

    /// <summary>With n of n the bound is α^{1/n}; also where n is large and α small, as certificates ask.</summary>
    [Theory]
    [InlineData(10, 0.05)]
    [InlineData(100_000, 0.001)]
    [InlineData(10_000, 1e-7)]
    public void AllSuccessesGiveARoot(int n, double alpha)
    {
        Assert.Equal(Math.Pow(alpha, 1.0 / n), ClopperPearson.Lower(n, n, alpha), 1e-9);
        Assert.Equal(1 - Math.Pow(alpha, 1.0 / n), ClopperPearson.Upper(0, n, alpha), 1e-9);
    }

    /// <summary>What the bounds solve: P(X ≥ k | lower) = α, P(X ≤ k | upper) = α.</summary>
    [Theory]
    [InlineData(3, 17, 0.01)]
    [InlineData(4321, 5000, 3e-7)]
    [InlineData(2, 5000, 3e-7)]
    [InlineData(99_000, 100_000, 0.001)]
    public void TheBoundsSolveTheirEquations(int k, int n, double alpha)
    {
        Assert.Equal(alpha, 1 - new Binomial(ClopperPearson.Lower(k, n, alpha), n).CumulativeDistribution(k - 1), alpha * 0.01);
        Assert.Equal(alpha, new Binomial(ClopperPearson.Upper(k, n, alpha), n).CumulativeDistribution(k), alpha * 0.01);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Lower(-1, 10, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(11, 10, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Lower(1, 10, 0));
    }
}

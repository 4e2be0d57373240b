using Bulwark.Evaluation.Tuning;
using Bulwark.Tensors;
using static Bulwark.Tests.Evaluation.Tuning.TuningWorld;

namespace Bulwark.Tests.Evaluation.Tuning;

public class ImportanceTests
{
    private static double[] Of(Func<IReadOnlyList<double>, double> of, int trials = 400) =>
        Importance.Of(Cube, Run(Cube, RandomSearch.Of(trials), 1, of), new Rng(1));

    /// <summary>f = 2a + b: the variances are 4/12 and 1/12, so a explains 4/5 and b 1/5.</summary>
    [Fact]
    public void AdditivePartsHaveTheirSharesOfTheVariance()
    {
        var shares = Of(values => 2 * values[0] + values[1]);
        Assert.Equal(0.8, shares[0], 0.05);
        Assert.Equal(0.2, shares[1], 0.05);
        Assert.Equal(0, shares[2], 0.01);
    }

    /// <summary>f = [a &gt; ½ xor b &gt; ½] has a mean of ½ for every a and every b: all its variance belongs to the two together.</summary>
    [Fact]
    public void WhatMattersOnlyTogetherBelongsToNone() => Assert.All(Of(values => values[0] > 0.5 != values[1] > 0.5 ? 1 : 0), share => Assert.InRange(share, 0, 0.1));

    [Fact]
    public void TheOneThatMattersIsFoundInFewTrials()
    {
        var shares = Of(values => -Math.Abs(values[1] - 0.3), 20);
        Assert.True(shares[1] > 0.6 && shares[0] < 0.25 && shares[2] < 0.25, string.Join(' ', shares));
    }

    [Fact]
    public void WhatMakesTrialsFailMatters() => Assert.True(Of(values => values[2] > 0.8 ? double.NaN : 1 + values[0] / 10)[2] > 0.02);

    [Fact]
    public void NothingMattersWhereAllFiguresAreEqual()
    {
        Assert.Equal([0, 0, 0], Of(_ => 0.5, 20));
        Assert.Equal([0, 0, 0], Of(_ => double.NaN, 20));
        Assert.Equal([0, 0, 0], Importance.Of(Cube, [], new Rng(1)));
    }

    /// <summary>Forty trials with a small budget of f = a, ten with a large one of f = 100 b.</summary>
    [Fact]
    public void OnlyTrialsOfOneBudgetCompare()
    {
        var small = Run(Cube, RandomSearch.Of(40), 1, values => values[0]).Select(trial => trial with { Budget = 0.1 });
        var large = Run(Cube, RandomSearch.Of(10), 2, values => 100 * values[1]);
        var shares = Importance.Of(Cube, [.. small, .. large], new Rng(1));
        Assert.True(shares[0] > 0.8 && shares[1] < 0.1, string.Join(' ', shares));
    }
}

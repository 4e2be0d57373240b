using Bulwark.Generative.Streams;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Streams;

public sealed class DriftCriticTests
{
    private const int Dimension = 4;

    /// <summary>A world in which rows of 100 events move by about a tenth of what new rows do.</summary>
    private static RowMove[] Moves(int count, int seed, int past, float size = 1)
    {
        var rng = new Rng(9).Fork(seed);
        var deviation = size * (past == 0 ? 1 : 0.1f);
        return [.. Enumerable.Range(0, count).Select(_ => new RowMove([.. Enumerable.Range(0, Dimension).Select(_ => deviation * (float)rng.NextGaussian())], past))];
    }

    private static DriftCritic Taught()
    {
        var critic = new DriftCritic(new(Trusted: 2) { Steps = 300 }, Dimension, new Rng(1));
        critic.Learn([.. Moves(200, 1, 0), .. Moves(200, 2, 100)]);
        critic.Learn([.. Moves(200, 3, 0), .. Moves(200, 4, 100)]);
        return critic;
    }

    /// <summary>q = 5% of real drift is refused or shrunk, the same moves 12 times as long nearly all, and a new row's move only where it is an old row's.</summary>
    [Fact]
    public void WhatIsUnlikeRealDriftIsShrunk()
    {
        var critic = Taught();
        Assert.InRange(Passed(critic, [.. Moves(200, 5, 0), .. Moves(200, 6, 100)]), 0.85, 0.99);
        Assert.True(Passed(critic, Moves(200, 7, 0, 12)) < 0.1);
        Assert.True(Passed(critic, [.. Moves(200, 8, 0).Select(move => move with { Past = 100 })]) < 0.2);
    }

    [Fact]
    public void SharesArePowersOfAHalfOrNothing()
    {
        float[] allowed = [0, 1 / 32f, 1 / 16f, 1 / 8f, 1 / 4f, 1 / 2f, 1];
        var shares = Taught().Shares(Moves(200, 7, 0, 12));
        Assert.All(shares, share => Assert.Contains(share, allowed));
        Assert.Contains(shares, share => share is > 0 and < 1);
    }

    [Fact]
    public void TrustedWindowsPass()
    {
        var critic = new DriftCritic(new(Trusted: 2), Dimension, new Rng(1));
        critic.Learn(Moves(200, 1, 0));
        Assert.All(critic.Shares(Moves(50, 7, 0, 1000)), share => Assert.Equal(1, share));
    }

    /// <summary>Work is a number of steps, whatever a window holds.</summary>
    [Fact]
    public void StepsAreCounted()
    {
        var critic = new DriftCritic(new() { Steps = 7 }, Dimension, new Rng(1));
        critic.Learn(Moves(1, 1, 0));
        Assert.Equal(7, critic.Steps);
        critic.Learn(Moves(500, 2, 0));
        Assert.Equal(14, critic.Steps);
    }

    private static double Passed(DriftCritic critic, RowMove[] moves) => critic.Shares(moves).Average(share => share == 1 ? 1.0 : 0);
}

using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.BlackBox;

public sealed class HopSkipJumpTests
{
    private static readonly Tensor W = Tensor.Of((1, 4), 1, -2, 0.5f, 1);
    private static readonly Threat Far = new(new L2Ball(100), AttackWorld.X) { Box = (-3, 3) };

    /// <summary>Only the sign of the margin is shown.</summary>
    private static Tensor Decision(Point at) => (-(at[AttackWorld.X] * W).Sum(-1)).Sign();

    /// <summary>Of a linear model the shortest move is |margin| / ‖w‖₂; decisions alone come within 10% of it.</summary>
    [Fact]
    public void DecisionsAloneComeNearTheShortestMove()
    {
        var at = AttackWorld.Batch(8, 4, 1);
        var clean = (at[AttackWorld.X] * W).Sum(-1).Values.ToArray();
        var victim = new Queries(Decision);
        var move = new HopSkipJump(Steps: 12, FirstVotes: 60).Find(victim.Of, at, Far, new Rng(1));
        var lengths = move[AttackWorld.X].NormOfRows().Values.ToArray();
        var after = Decision(at + move).Values.ToArray();
        for (var b = 0; b < 8; b++)
        {
            if (clean[b] < 0) Assert.Equal(0, lengths[b]);                                       // wrong already: left alone
            else
            {
                Assert.Equal(1, after[b]);
                Assert.InRange(lengths[b], clean[b] / 2.5 - 1e-3, clean[b] / 2.5 * 1.1 + 1e-3);
            }
        }
        Assert.Contains(clean, margin => margin < 0);
        Assert.InRange(victim.Count, 12 * 60, 12 * 60 * 4);
    }

    /// <summary>In L∞ the shortest move has the size margin / ‖w‖₁.</summary>
    [Fact]
    public void AnotherBallHasAnotherShortestMove()
    {
        var at = AttackWorld.At(1, -0.5f, 1, 1);                                                 // margin 3.5, ‖w‖₁ 4.5
        var threat = Far with { Targets = [(AttackWorld.X, new LinfBall(100))] };
        var size = new HopSkipJump(Steps: 15, FirstVotes: 80).Find(Decision, at, threat, new Rng(1))[AttackWorld.X].Values.ToArray().Max(Math.Abs);
        Assert.InRange(size, 3.5f / 4.5f - 1e-3f, 3.5f / 4.5f * 1.15f);
    }

    [Fact]
    public void WhatCannotBeFooledStaysAndABoxIsNeeded()
    {
        var at = AttackWorld.At(1, 1, 1, 1);
        Assert.True(new HopSkipJump().Find(_ => Tensor.Full(1, -1), at, Far, new Rng(1)).IsZero);
        Assert.Contains("box", Assert.Throws<ArgumentException>(() => new HopSkipJump().Find(Decision, at, new(new L2Ball(1), AttackWorld.X), new Rng(1))).Message);
    }

    public static TheoryData<HopSkipJump> Changes => new() { new HopSkipJump(12, 20, 1000, 50), new(3, 30, 1000, 50), new(3, 20, 15, 50), new(3, 20, 1000, 0) };

    [Theory, MemberData(nameof(Changes))]
    public void EverySettingCounts(HopSkipJump other)
    {
        var at = AttackWorld.At(1, 0.2f, 1, 1);
        Assert.NotEqual(Values(new(3, 20, 1000, 50)), Values(other));

        float[] Values(HopSkipJump attack) => (at + attack.Find(Decision, at, Far, new Rng(1)))[AttackWorld.X].Values.ToArray();
    }
}

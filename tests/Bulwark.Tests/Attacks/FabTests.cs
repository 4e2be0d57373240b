using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class FabTests
{
    private static readonly Tensor Weights = Tensor.Gaussian((5, 4), 1, new Rng(3)).Keep();

    /// <summary>On a linear model the shortest move to another class is min_k (f_0 − f_k) / ‖w_k − w_0‖: the L2 norm for L2, the L1 norm for L∞.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FindsTheShortestMoveOnALinearModel(bool infinity)
    {
        var (at, logits) = (AttackWorld.Batch(15, 5, 1), AttackWorld.Logits(Weights));
        Ball ball = infinity ? new LinfBall(100) : new L2Ball(100);
        var move = new Fab(logits, Steps: 30).Find(AttackWorld.Unasked, at, new Threat(ball, AttackWorld.X), new Rng(1));
        var (z, w, sizes) = (logits(at).Values.ToArray(), Weights.Values.ToArray(), ball.Sizes(move[AttackWorld.X], Per.Row).Values.ToArray());
        for (var b = 0; b < 15; b++)
        {
            var row = z[(b * 4)..(b * 4 + 4)];
            var first = Array.IndexOf(row, row.Max());
            var nearest = Enumerable.Range(0, 4).Where(k => k != first).Min(k =>
                (row[first] - row[k]) / Dual([.. Enumerable.Range(0, 5).Select(i => w[i * 4 + k] - w[i * 4 + first])]));
            Assert.Equal(nearest, sizes[b], 2e-3 * nearest);
        }
        Assert.All(logits(at + move).Margin(LogitLosses.Ranked(logits(at), 1)[0]).Values.ToArray(), margin => Assert.True(margin > 0));

        double Dual(float[] x) => infinity ? x.Sum(MathF.Abs) : Math.Sqrt(x.Sum(v => v * v));
    }

    /// <summary>
    /// f = (0, y − x − .8) at (0, .5): the border is .3 away. Alone in the ball both go half of it; in the box x cannot fall below 0, and y goes all of it.
    /// </summary>
    [Fact]
    public void WhatTheBoxStopsOthersMakeUpFor()
    {
        var at = new Point().With(AttackWorld.X, Tensor.Of((1, 2), 0, 0.5f));
        Tensor Logits(Point point) => point[AttackWorld.X].MatMul(Tensor.Of((2, 2), 0, -1, 0, 1)) - Tensor.Of((1, 2), 0, 0.8f);
        var free = new Threat(new LinfBall(1), AttackWorld.X);
        var move = new Fab(Logits, Steps: 10).Find(AttackWorld.Unasked, at, free, new Rng(1))[AttackWorld.X].Values;
        Assert.Equal(-0.15f, move[0], 1e-3f);
        Assert.Equal(0.15f, move[1], 1e-3f);
        move = new Fab(Logits, Steps: 1).Find(AttackWorld.Unasked, at, free with { Box = (0, 1) }, new Rng(1))[AttackWorld.X].Values;
        Assert.Equal(0, move[0]);
        Assert.Equal(0.3f, move[1], 2e-3f);
    }

    /// <summary>f = (0, x² − 4) at 5: the border at 2 is 3 away, and the search comes back to it from beyond.</summary>
    [Fact]
    public void ComesBackToACurvedBorder()
    {
        var at = AttackWorld.At(5);
        Tensor Logits(Point point) => point[AttackWorld.X].Pow(2) * Tensor.Of((1, 2), 0, 1) - Tensor.Of((1, 2), 0, 4);
        var move = new Fab(Logits).Find(AttackWorld.Unasked, at, new Threat(new L2Ball(100), AttackWorld.X), new Rng(1));
        Assert.Equal(-3, move[AttackWorld.X].Item(), 0.01f);
    }

    [Fact]
    public void WhatIsTooLongIsCutAndEverySettingCounts()
    {
        var (at, logits) = (AttackWorld.Batch(15, 5, 1), AttackWorld.Logits(Weights));
        var threat = new Threat(new L2Ball(0.1f), AttackWorld.X);
        threat.Check(at, new Fab(logits).Find(AttackWorld.Unasked, at, threat, new Rng(1)));
        Assert.True(new Fab(logits).Find(AttackWorld.Unasked, at, new Threat(new L2Ball(0), AttackWorld.X), new Rng(1)).IsZero);
        var curved = new Fab(point => point[AttackWorld.X].Tanh().MatMul(Weights), Steps: 7);
        threat = new Threat(new L2Ball(100), AttackWorld.X);
        var usual = Values(curved);
        Assert.NotEqual(usual, Values(curved with { Steps = 2 }));
        Assert.NotEqual(usual, Values(curved with { Overshoot = 1.5f }));
        Assert.NotEqual(usual, Values(curved with { MostBias = 0 }));
        Assert.NotEqual(usual, Values(curved with { Back = 0.5f }));
        Assert.NotEqual(usual, Values(curved with { Candidates = 2 }));

        float[] Values(IAttack attack) => attack.Find(AttackWorld.Unasked, at, threat, new Rng(1))[AttackWorld.X].Values.ToArray();
    }
}

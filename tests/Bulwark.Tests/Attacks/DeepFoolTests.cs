using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class DeepFoolTests
{
    private static readonly Tensor Weights = Tensor.Gaussian((5, 4), 1, new Rng(3)).Keep();

    /// <summary>On a linear model one step reaches the nearest border: min_k (f_0 − f_k) / ‖w_k − w_0‖, times 1 + η.</summary>
    [Fact]
    public void IsExactInOneStepOnALinearModel()
    {
        var (at, logits) = (AttackWorld.Batch(15, 5, 1), AttackWorld.Logits(Weights));
        var move = new DeepFool(logits, Steps: 1).Find(AttackWorld.Unasked, at, new Threat(new L2Ball(100), AttackWorld.X), new Rng(1));
        var (z, w, lengths) = (logits(at).Values.ToArray(), Weights.Values.ToArray(), move[AttackWorld.X].NormOfRows().Values.ToArray());
        for (var b = 0; b < 15; b++)
        {
            var row = z[(b * 4)..(b * 4 + 4)];
            var first = Array.IndexOf(row, row.Max());
            var nearest = Enumerable.Range(0, 4).Where(k => k != first)
                .Min(k => (row[first] - row[k]) / Math.Sqrt(Enumerable.Range(0, 5).Sum(i => Math.Pow(w[i * 4 + k] - w[i * 4 + first], 2))));
            Assert.Equal(nearest * 1.02, lengths[b], 1e-4);
        }
        Assert.All(logits(at + move).Margin(LogitLosses.Ranked(logits(at), 1)[0]).Values.ToArray(), margin => Assert.True(margin > 0));
    }

    /// <summary>f = (0, x² − 4) at 5: Newton's steps 5 → 2.9 → 2.14 → 2.004 … come down to the border at 2, which the overshoot crosses.</summary>
    [Fact]
    public void ManyStepsReachACurvedBorder()
    {
        var at = AttackWorld.At(5);
        Tensor Logits(Point point) => point[AttackWorld.X].Pow(2) * Tensor.Of((1, 2), 0, 1) - Tensor.Of((1, 2), 0, 4);
        Assert.Equal(5, Reached(new DeepFool(Logits, Steps: 2)));
        Assert.InRange(Reached(new DeepFool(Logits)), 1.9f, 2);

        float Reached(DeepFool attack) =>
            (at + attack.Find(AttackWorld.Unasked, at, new Threat(new L2Ball(100), AttackWorld.X), new Rng(1)))[AttackWorld.X].Item();
    }

    /// <summary>
    /// f = x₀ − x₁ − ½ at (.2, 0) in the box (0, 1): x₁ cannot fall, so that x₀ alone goes the whole .3, and 2% further. Half of every step along (1, −1)
    /// would be lost, and the border never crossed.
    /// </summary>
    [Fact]
    public void WhatCannotMoveTakesNoShareOfAStep()
    {
        var at = AttackWorld.At(0.2f, 0);
        Tensor Logits(Point point) => point[AttackWorld.X].MatMul(Tensor.Of((2, 2), 0, 1, 0, -1)) - Tensor.Of((1, 2), 0, 0.5f);
        var boxed = new Threat(new L2Ball(100), AttackWorld.X) { Box = (0, 1) };
        foreach (var threat in new[] { boxed, new(new L2Ball(100), AttackWorld.X) { Immutable = Tensor.Of((1, 2), 0, 1) } })
        {
            var move = new DeepFool(Logits, Steps: 1).Find(AttackWorld.Unasked, at, threat, new Rng(1))[AttackWorld.X].Values;
            Assert.Equal(0.306f, move[0], 1e-5f);
            Assert.Equal(0, move[1]);
        }
    }

    [Fact]
    public void WhatIsTooLongIsCutAndEverySettingCounts()
    {
        var (at, logits) = (AttackWorld.Batch(15, 5, 1), AttackWorld.Logits(Weights));
        var threat = new Threat(new L2Ball(0.1f), AttackWorld.X);
        threat.Check(at, new DeepFool(logits).Find(AttackWorld.Unasked, at, threat, new Rng(1)));
        threat = new Threat(new L2Ball(100), AttackWorld.X);
        var usual = Values(new DeepFool(logits));
        Assert.Equal(usual, Values(new DeepFool(logits, Steps: 3)));                             // one was enough
        Assert.NotEqual(usual, Values(new DeepFool(logits, Overshoot: 0.1f)));
        Assert.NotEqual(usual, Values(new DeepFool(logits, Candidates: 2)));

        float[] Values(IAttack attack) => attack.Find(AttackWorld.Unasked, at, threat, new Rng(1))[AttackWorld.X].Values.ToArray();
    }
}

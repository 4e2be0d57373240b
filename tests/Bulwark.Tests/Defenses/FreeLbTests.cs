using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class FreeLbTests
{
    /// <summary>Value and gradient are the means over the K points of the ascent, worked out one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AllGradientsOfTheAscentAreAveraged(int steps)
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (plain, threat) = (Objectives.Bpr(model)(batch, null), new Threat(new L2Ball(0.5f), model.Tables));
        var (move, value, sum) = (Move.Zero, 0f, Move.Zero);
        for (var k = 0; k < steps; k++)
        {
            var (here, gradient) = Grad.Of(plain, at + move);
            (value, sum) = (value + here.Item() / steps, sum + gradient * (1f / steps));
            move = threat.Ascend(at, move, Grad.Of(plain, at + move, threat.Variables).Move, 0.4f);
        }
        var found = Grad.Of(new FreeLb(threat, steps, 0.4f).Harden(Objectives.Bpr(model))(batch, new Rng(1)), at);
        Assert.Equal(value, found.Value.Item(), 1e-3f);
        DefenseWorld.AssertSameGradient(sum, found.Move, 1e-5f);
    }

    [Fact]
    public void WithoutARadiusItIsThePlainLossAndEveryOptionChangesIt()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var plain = Objectives.Bpr(model)(batch, null)(at).Item();
        Assert.Equal(plain, Value(new(Threat(0))), 1e-4f);
        float[] values = [plain, Value(new(Threat(0.5f))), Value(new(Threat(0.4f))), Value(new(Threat(0.5f), 2)), Value(new(Threat(0.5f), 3, 0.3f))];
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.All(values[1..], value => Assert.True(value > plain));

        Threat Threat(float epsilon) => new(new L2Ball(epsilon), model.Tables);
        float Value(FreeLb defense) => defense.Harden(Objectives.Bpr(model))(batch, new Rng(1))(at).Item();
    }

    [Fact]
    public void ItWithstandsMoreThanPlainTraining()
    {
        var objective = new FreeLb(DefenseWorld.BarsThreat, 3, 0.7f).Harden(ClassifierObjectives.CrossEntropy(DefenseWorld.BarsModel));
        var hardened = DefenseWorld.Measured(DefenseWorld.Trained(objective, 12));
        Assert.True(hardened.Attacked > DefenseWorld.Plain.Attacked + 0.1, $"{DefenseWorld.Plain} before, {hardened} after");
    }
}

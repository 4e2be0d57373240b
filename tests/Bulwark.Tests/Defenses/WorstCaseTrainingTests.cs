using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class WorstCaseTrainingTests
{
    /// <summary>(1 − s) L(x) + s L(x + δ) and its gradient, δ a constant: from the plain loss at both points.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.25f)]
    [InlineData(1)]
    public void TheCleanShareIsAWeight(float share)
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (plain, threat) = (Objectives.Bpr(model), new Threat(new L2Ball(0.3f), model.Tables));
        var loss = plain(batch, null);
        var move = GradientAscent.Fgsm.Find(loss, at, threat, new Rng(1));
        var (clean, moved) = (Grad.Of(loss, at), Grad.Of(loss, at + move));
        var found = Grad.Of(new WorstCaseTraining(GradientAscent.Fgsm, threat, share).Harden(plain)(batch, new Rng(2)), at);
        Assert.Equal((1 - share) * clean.Value.Item() + share * moved.Value.Item(), found.Value.Item(), 1e-4f);
        DefenseWorld.AssertSameGradient(clean.Move * (1 - share) + moved.Move * share, found.Move, 1e-5f);
    }

    [Fact]
    public void AShareLiesBetweenZeroAndOne() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorstCaseTraining(new Noise(), new Threat([]), 1.5f));

    /// <summary>Fast adversarial training: one step from a random start, no clean loss.</summary>
    [Fact]
    public void OneStepFromARandomStartWithstandsMore()
    {
        var objective = new WorstCaseTraining(new RandomStep(), DefenseWorld.BarsThreat).Harden(ClassifierObjectives.CrossEntropy(DefenseWorld.BarsModel));
        var hardened = DefenseWorld.Measured(DefenseWorld.Trained(objective, 8));
        Assert.True(hardened.Attacked > DefenseWorld.Plain.Attacked + 0.1, $"{DefenseWorld.Plain} before, {hardened} after");
    }
}

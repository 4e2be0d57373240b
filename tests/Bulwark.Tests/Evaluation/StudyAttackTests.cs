using Bulwark.Attacks;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;

namespace Bulwark.Tests.Evaluation;

public sealed class StudyAttackTests
{
    private static readonly MatrixFactorization Model = new(2, 2, new(2));

    /// <summary>The published table: one step at .5, 1, 2 and 3; at .5, 10, 50 and 100 steps of ε/4 from the clean and from a random point. And noise.</summary>
    [Fact]
    public void ThePublishedAttacks()
    {
        Assert.Equal(["noise", "fgsm", "bim-10", "bim-50", "bim-100", "pgd-10", "pgd-50", "pgd-100"], StudyAttack.Msap.Select(attack => attack.Name));
        foreach (var attack in StudyAttack.Msap)
        {
            Assert.Equal(attack.Name == "fgsm" ? [0.5f, 1, 2, 3] : [0.5f], attack.Epsilons);
            Assert.False(attack.Relative);
            var threat = attack.Threat(Model, 0.5f);
            Assert.Equal(Model.Tables, threat.Variables);
            Assert.All(threat.Targets, target => Assert.Equal(new MsapBall(0.5f), target.Ball));
            if (attack.Attack is not GradientAscent ascent) continue;
            Assert.Equal(attack.Name == "fgsm" ? 1 : 0.25f, ascent.StepSize);
            Assert.Equal(attack.Name == "fgsm" ? 1 : int.Parse(attack.Name[4..]), ascent.Steps);
            Assert.Equal(attack.Name.StartsWith("pgd", StringComparison.Ordinal), ascent.RandomStart);
            Assert.Equal((0, 1), (ascent.Momentum, ascent.Restarts));
        }
    }

    /// <summary>Noise stands at .5 in the published table, so it is missing at 1, 2 and 3; where it is missing altogether it comes at every radius.</summary>
    [Fact]
    public void NoiseOfTheSameSizeIsAlwaysAmongThem()
    {
        var published = StudyAttack.WithNoise(StudyAttack.Msap);
        Assert.Equal(("noise", StudyAttack.Msap.Count + 1), (published[0].Name, published.Count));
        Assert.Equal([1f, 2, 3], published[0].Epsilons);
        Assert.Equal(new MsapBall(2), published[0].Threat(Model, 2).Targets[0].Ball);
        StudyAttack Pgd(params float[] radii) => new("pgd-10", GradientAscent.Pgd(10), radii, StudyAttack.Tables, true);
        var alone = StudyAttack.WithNoise([Pgd(0.1f, 0.2f), Pgd(0.2f)]);
        Assert.Equal(["noise", "pgd-10", "pgd-10"], alone.Select(attack => attack.Name));
        Assert.Equal([0.1f, 0.2f], alone[0].Epsilons);
        Assert.True(alone[0] is { Relative: true, Attack: Noise });
        Assert.Equal(new L2Ball(0.2f), alone[0].Threat(Model, 0.2f).Targets[0].Ball);
        var standard = StudyAttack.Standard([1, 2], false);
        Assert.Equal(standard, StudyAttack.WithNoise(standard));
    }

    [Fact]
    public void TheStandardAttacksHoldNoiseAndUseL2Balls()
    {
        foreach (var attack in StudyAttack.Standard([0.1f, 0.2f], relative: true))
        {
            Assert.True(attack.Relative);
            Assert.Equal([0.1f, 0.2f], attack.Epsilons);
            Assert.All(attack.Threat(Model, 0.2f).Targets, target => Assert.Equal(new L2Ball(0.2f), target.Ball));
        }
        Assert.IsType<Noise>(StudyAttack.Standard([1], false)[0].Attack);
    }
}

using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

/// <summary>What holds between attacks, example by example: a white box does at least as much as a black one, and a black one as noise.</summary>
public sealed class AttackOrderTests
{
    private const int Count = 30, Width = 6;
    private static readonly Tensor W = Tensor.Gaussian((1, Width), 1, new Rng(8)).Keep();
    private static readonly Dictionary<string, Loss> _losses = new()
    {
        ["linear"] = at => (at[AttackWorld.X] * W).Sum(-1),
        ["quadratic"] = at => (at[AttackWorld.X] * W).Sum(-1) - (at[AttackWorld.X] * at[AttackWorld.X]).Sum(-1) * 0.3f,
    };

    private static readonly Dictionary<string, Threat> _threats = new()
    {
        ["L∞"] = new(new LinfBall(0.5f), AttackWorld.X), ["L2"] = new(new L2Ball(0.8f), AttackWorld.X),
        ["L∞ in a box"] = new(new LinfBall(0.5f), AttackWorld.X) { Box = (-4, 4) },
    };

    public static TheoryData<string, string> Worlds => new() { { "linear", "L∞" }, { "linear", "L2" }, { "linear", "L∞ in a box" }, { "quadratic", "L∞" }, { "quadratic", "L2" } };

    [Theory, MemberData(nameof(Worlds))]
    public void WhiteIsAtLeastBlackAndBlackAtLeastNoise(string world, string region)
    {
        var (loss, threat, at) = (_losses[world], _threats[region], AttackWorld.Batch(Count, Width, 4));
        var (clean, noise, white) = (loss(at).Values.ToArray(), Find(new Noise()), Find(new Strongest(GradientAscent.Fgsm, new Apgd(100))));
        foreach (var (name, attack) in AttackWorld.BlackBox.Append(("square", new Square(600))))
        {
            var black = Find(attack);
            for (var b = 0; b < Count; b++)
            {
                Assert.True(white[b] >= black[b] - 2e-3f, $"{name}, example {b}: white {white[b]}, black {black[b]}");
                Assert.True(black[b] >= clean[b] - 1e-5f, $"{name}, example {b}: black {black[b]}, clean {clean[b]}");
                if (name == "square" && region == "L2") continue;                                 // its blocks are those of L∞
                Assert.True(black[b] >= noise[b] - 1e-2f, $"{name}, example {b}: black {black[b]}, noise {noise[b]}");
            }
        }
        float[] Find(IAttack attack)
        {
            var known = threat with { Knowledge = attack is Noise or Strongest ? Knowledge.White : Knowledge.Black };
            return loss(at + attack.Find(loss, at, known, new Rng(1))).Values.ToArray();
        }
    }

    /// <summary>Searches of many steps keep the best point they meet; on a concave loss one step may go too far, and is no more than a guess.</summary>
    [Theory, MemberData(nameof(Worlds))]
    public void EverySearchIsAtLeastNoise(string world, string region)
    {
        var (loss, threat, at) = (_losses[world], _threats[region], AttackWorld.Batch(Count, Width, 4));
        var noise = Find(new Noise());
        foreach (var (name, attack) in AttackWorld.Attacks.Where(known => known.Name is not ("noise" or "fgsm" or "one long step")))
        {
            var found = Find(attack);
            for (var b = 0; b < Count; b++) Assert.True(found[b] >= noise[b] - 1e-2f, $"{name}, example {b}: {found[b]}, noise {noise[b]}");
        }

        float[] Find(IAttack attack) => loss(at + attack.Find(loss, at, threat, new Rng(1))).Values.ToArray();
    }

    [Theory]
    [InlineData("nes"), InlineData("spsa"), InlineData("apgd by spsa"), InlineData("square")]
    public void ARadiusOfZeroIsTheIdentityAndTheRestStaysInside(string name)
    {
        var (attack, loss, at) = (AttackWorld.BlackBox.Single(known => known.Name == name).Attack, _losses["quadratic"], AttackWorld.Batch(Count, Width, 4));
        Assert.True(attack.Find(loss, at, new Threat(new LinfBall(0), AttackWorld.X), new Rng(1)).IsZero);
        foreach (var threat in _threats.Values)
        {
            var move = attack.Find(loss, at, threat, new Rng(1));
            threat.Check(at, move);
            Assert.False(move.IsZero);
        }
    }

    /// <summary>A search by gradients against an attacker who has none is refused, with a sentence that says what to use.</summary>
    [Fact]
    public void GradientsNeedAWhiteBox()
    {
        var (loss, at) = (_losses["linear"], AttackWorld.Batch(Count, Width, 4));
        var black = _threats["L2"] with { Knowledge = Knowledge.Black };
        foreach (var attack in new IAttack[] { GradientAscent.Fgsm, GradientAscent.Pgd(3), new Apgd(3), new CarliniWagner(1, 1), new DeepFool(at => at[AttackWorld.X]) })
            Assert.Contains("Square", Assert.Throws<InvalidOperationException>(() => attack.Find(loss, at, black, new Rng(1))).Message);
    }
}

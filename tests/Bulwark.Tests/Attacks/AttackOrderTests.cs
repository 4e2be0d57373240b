using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Classifiers;
using Bulwark.Training;

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

    /// <summary>
    /// Searches that read logits, on a trained net, example by example: what the shortest moves of C&amp;W and FAB fool, noise that is a hundredth shorter does not;
    /// DeepFool's moves, which are only nearly the shortest, are not a tenth too long.
    /// </summary>
    [Theory]
    [InlineData("cw", 0.99f), InlineData("deepfool", 0.9f), InlineData("fab", 0.99f)]
    public void NoiseOfTheSameSizeFoolsNoneOfWhatAShortestMoveFools(string name, float share)
    {
        var (net, at, labels) = Net.Value;
        IAttack attack = name switch
        {
            "cw" => new CarliniWagner(Searches: 6, Steps: 200, Rate: 0.05f, FirstWeight: 0.1f),
            "deepfool" => new DeepFool(point => net.Logits(point)),
            _ => new Fab(point => net.Logits(point), 30),
        };
        Ball all = name == "fab" ? new LinfBall(1) : new L2Ball(float.PositiveInfinity);
        Loss margin = point => net.Logits(point).Margin(labels);
        var move = attack.Find(margin, at, new Threat(all, net.Inputs) { Box = (0, 1) }, new Rng(1));
        float[] clean = margin(at).Values.ToArray(), moved = margin(at + move).Values.ToArray(), sizes = all.Sizes(move[net.Inputs], Per.Row).Values.ToArray();
        var shortest = Enumerable.Range(0, clean.Length).Where(b => clean[b] < 0 && moved[b] > -1e-4f && sizes[b] > 0).ToArray();
        Assert.True(shortest.Length > 0.9 * clean.Count(value => value < 0), $"{name} fools {shortest.Length} of {clean.Length}");
        for (var draw = 0; draw < 20; draw++)
        {
            Ball unit = name == "fab" ? new LinfBall(1) : new L2Ball(1);
            var way = unit.Steepest(Tensor.Gaussian(at[net.Inputs].Shape, 1, new Rng(3).Fork(draw)), 1);
            var scaled = way * Tensor.Of((clean.Length, 1, 1, 1), [.. sizes.Select(size => share * size)]);
            var noisy = margin(at + new Threat(all, net.Inputs) { Box = (0, 1) }.Confine(at, new Move((net.Inputs, scaled)))).Values;
            foreach (var b in shortest) Assert.True(noisy[b] < 0, $"{name}, example {b}: noise of {share * sizes[b]} fools, the search needs {sizes[b]}");
        }
    }

    [Fact]
    public void WhatNoiseOrSquareFoolsTheMarginsAscentFoolsToo()
    {
        var (net, at, labels) = Net.Value;
        var threat = new Threat(new LinfBall(0.08f), net.Inputs) { Box = (0, 1) };
        Loss margin = point => net.Logits(point).Margin(labels);
        bool[] Fooled(IAttack attack) => [.. margin(at + attack.Find(margin, at, threat, new Rng(1))).Values.ToArray().Select(value => value >= 0)];
        bool[] noise = Fooled(new Noise(50)), square = Fooled(new Square(1000)), white = Fooled(new Apgd(100, Restarts: 2));
        Assert.True(square.Count(yes => yes) > noise.Count(yes => yes), "Square finds no more than noise.");
        for (var b = 0; b < white.Length; b++)
        {
            Assert.True(!noise[b] || square[b], $"example {b}: noise fools, Square does not");
            Assert.True(!square[b] || white[b], $"example {b}: Square fools, the ascent does not");
        }
    }

    private static readonly Lazy<(MlpClassifier Net, Point At, Ids Labels)> Net = new(() =>
    {
        var (net, batch) = (new MlpClassifier([64, 16, 3]), new InputBatch());
        batch.Fill(Bars.Test, [.. Enumerable.Range(0, 60)]);
        return (net, Bars.Trained(net).With(net.Inputs, batch.Inputs.Keep()), new Ids(batch.Labels.Rows.ToArray()));
    });
}

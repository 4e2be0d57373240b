using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks;

public sealed class WorstOfTests
{
    /// <summary>The loss at the found move is the largest of its parts, and an attack that lowers the loss is worse than none.</summary>
    [Fact]
    public void ItIsAsBadAsTheWorst()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (loss, threat) = (Objectives.Bpr(model)(batch, null), new Threat(new L2Ball(0.3f), model.Tables));
        IAttack[] parts = [new Noise(), GradientAscent.Fgsm, GradientAscent.Pgd(5)];
        var worst = loss(at + new WorstOf(parts).Find(loss, at, threat, new Rng(1))).Item();
        Assert.Equal(parts.Select((part, i) => loss(at + part.Find(loss, at, threat, new Rng(1).Fork(i))).Item()).Max(), worst);
        Assert.True(new WorstOf(new Downhill()).Find(loss, at, threat, new Rng(1)).IsZero);
    }

    /// <summary>A drawn attack is one of the parts, each now and then, by the stream alone.</summary>
    [Fact]
    public void OneOfDrawsEachOfItsParts()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (loss, threat) = (Objectives.Bpr(model)(batch, null), new Threat(new L2Ball(0.3f), model.Tables));
        var mix = new OneOf(GradientAscent.Fgsm, new Downhill());
        var values = Enumerable.Range(0, 20).Select(seed => loss(at + mix.Find(loss, at, threat, new Rng((ulong)seed))).Item()).ToArray();
        float[] parts = [.. mix.Attacks.Select(part => loss(at + part.Find(loss, at, threat, new Rng(1))).Item())];
        Assert.Equal(parts.Order(), values.Distinct().Order());
        Assert.Equal(values[3], loss(at + mix.Find(loss, at, threat, new Rng(3))).Item());
    }

    private sealed class Downhill : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng) => -GradientAscent.Fgsm.Find(loss, at, threat, rng);
    }
}

using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class RandomStepTests
{
    /// <summary>From u uniform in ±ε, a step of 1.25 ε along the sign and a clip: a linear loss ends at ε · sign wherever u was above −¼ ε, else at u + 1.25 ε.</summary>
    [Fact]
    public void OnALinearLossTheEndIsKnown()
    {
        var at = AttackWorld.At(new float[200]);
        var loss = AttackWorld.Linear([.. Enumerable.Repeat(-1f, 200)]);
        var threat = new Threat(new LinfBall(0.4f), AttackWorld.X);
        var found = new RandomStep().Find(loss, at, threat, new Rng(3))[AttackWorld.X].Values.ToArray();
        Assert.All(found, delta => Assert.InRange(delta, 0.1f - 1e-6f, 0.4f));
        Assert.InRange(found.Count(delta => delta > 0.4f - 1e-6f) / 200.0, 0.5, 0.75);               // 5/8 of all starts reach the bound
        Assert.NotEqual(found, new RandomStep().Find(loss, at, threat, new Rng(4))[AttackWorld.X].Values.ToArray());
        Assert.NotEqual(found, new RandomStep(1).Find(loss, at, threat, new Rng(3))[AttackWorld.X].Values.ToArray());
        Assert.True(new RandomStep().Find(loss, at, new Threat(new LinfBall(0), AttackWorld.X), new Rng(3)).IsZero);
    }
}

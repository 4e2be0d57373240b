using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class ApgdTests
{
    private static readonly Tensor Slopes = Tensor.Gaussian((20, 8), 1, new Rng(5)).Keep();

    /// <summary>L = Σ_i sin(3 x_i) + w · x for each example: many hills, and never flat.</summary>
    private static Tensor Hills(Point at) => (at[AttackWorld.X] * 3).Sigmoid().Sum(-1) + (at[AttackWorld.X] * Slopes * at[AttackWorld.X]).Sum(-1);

    /// <summary>Its own step sizes find at least what one step finds, on every example, and more than steps of one size in the mean.</summary>
    [Fact]
    public void FindsMoreThanOneStepOnEveryExampleAndMoreThanPgdOnTheWhole()
    {
        var (at, threat) = (AttackWorld.Batch(20, 8, 1), new Threat(new L2Ball(1.5f), AttackWorld.X));
        var (one, pgd, apgd) = (Find(GradientAscent.Fgsm), Find(GradientAscent.Pgd(30)), Find(new Apgd(30)));
        for (var b = 0; b < 20; b++) Assert.True(apgd[b] >= one[b] - 1e-4f, $"example {b}: {apgd[b]} after {one[b]}");
        Assert.True(apgd.Sum() >= pgd.Sum() - 1e-3f, $"{apgd.Sum()} after {pgd.Sum()}");

        float[] Find(IAttack attack) => Hills(at + attack.Find(Hills, at, threat, new Rng(1))).Values.ToArray();
    }

    /// <summary>
    /// The maximum of −‖x − p‖² in an L∞ ball around 0 is p clamped to it. Steps of one size overshoot for ever; halved ones arrive.
    /// </summary>
    [Fact]
    public void HalvedStepsArriveAtAPeak()
    {
        float[] peak = [0.31f, -0.52f, 0.17f, 3];
        Loss hill = at => -(at[AttackWorld.X] - Tensor.Of((1, 4), peak)).Pow(2).Sum();
        var threat = new Threat(new LinfBall(1), AttackWorld.X);
        var (apgd, pgd) = (Distance(new Apgd(100)), Distance(new GradientAscent(100, 0.25f, RandomStart: true)));
        Assert.True(apgd < 1e-2, $"{apgd}");
        Assert.True(pgd > 0.05, $"{pgd}");

        double Distance(IAttack attack)
        {
            var found = attack.Find(hill, AttackWorld.At(0, 0, 0, 0), threat, new Rng(1))[AttackWorld.X].Values.ToArray();
            return Math.Sqrt(found.Zip(peak, (x, p) => Math.Pow(x - Math.Clamp(p, -1, 1), 2)).Sum());
        }
    }

    public static TheoryData<Apgd, Apgd> Changes => new()
    {
        { new(10), new(11) }, { new(10), new(10, Restarts: 4) }, { new(10), new(10, Share: 0.5f) }, { new(20), new(20, Rises: 0.2f) },
    };

    [Theory, MemberData(nameof(Changes))]
    public void EverySettingChangesTheMove(Apgd first, Apgd second)
    {
        var (at, threat) = (AttackWorld.Batch(20, 8, 1), new Threat(new L2Ball(1.5f), AttackWorld.X));
        Assert.Equal(Values(first, 1), Values(first, 1));
        Assert.NotEqual(Values(first, 1), Values(second, 1));
        Assert.NotEqual(Values(first, 1), Values(first, 2));

        float[] Values(IAttack attack, ulong seed) => attack.Find(Hills, at, threat, new Rng(seed))[AttackWorld.X].Values.ToArray();
    }

    /// <summary>An example's steps, halvings and best do not depend on its company: its random start is all that does.</summary>
    [Fact]
    public void ExamplesDoNotShareSteps()
    {
        // two equal hills, one a thousand times as high: sums would be ruled by it, examples are not
        Loss hills = at => -((at[AttackWorld.X] - Tensor.Of((2, 2), 0.3f, 0.4f, 0.3f, 0.4f)).Pow(2).Sum(-1) * Tensor.Of(2, 1000, 1));
        var threat = new Threat(new LinfBall(1), AttackWorld.X);
        var found = new Apgd(60).Find(hills, new((AttackWorld.X, Tensor.Zeros((2, 2)))), threat, new Rng(1))[AttackWorld.X].Values.ToArray();
        for (var i = 0; i < 4; i++) Assert.Equal(i % 2 == 0 ? 0.3f : 0.4f, found[i], 1e-2f);
    }
}

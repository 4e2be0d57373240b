using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Poisoning;

public sealed class SurrogatePoisonTests
{
    /// <summary>∂D/∂x through one unrolled epoch against finite differences, at clicks between 0 and 1.</summary>
    [Fact]
    public void TheGradientPassesThroughTraining()
    {
        var train = World();
        var surrogate = new Surrogate(train, new Budget(2, 3, [5]), new(1));
        var clicks = Tensor.Uniform((2, train.ItemCount), 0.2f, 0.8f, new(2)).Keep();
        var trained = surrogate.Train(clicks, 10, new(3));
        var loss = surrogate.DistanceAfter(1);
        var gradient = Grad.Of(loss, trained, surrogate.Clicks).Move[surrogate.Clicks];
        var direction = gradient * (1 / MathF.Sqrt((gradient * gradient).Sum().Item()));
        var slope = (gradient * direction).Sum().Item();
        Assert.True(slope > 0);
        const float h = 0.02f;
        var difference = (Along(h) - Along(-h)) / (2 * h);
        Assert.Equal(slope, difference, 0.1 * slope + 1e-4);

        float Along(float t) => loss(trained.With(surrogate.Clicks, clicks + direction * t)).Item();
    }

    /// <summary>More rounds never end farther from the top of the surrogate's lists, and the gradient finds what the random start has not.</summary>
    [Fact]
    public void OfSeveralRoundsTheBestIsKept()
    {
        float Distance(int rounds) => (SurrogatePoison.Pga with { Rounds = rounds, Epochs = 20 }).Search(World(), new(4, 4, [5]), new(1)).Distance;
        Assert.True(Distance(3) <= Distance(1));
        Assert.True(Distance(8) < Distance(1), $"{Distance(8)} after 8 rounds, {Distance(1)} after 1");
    }

    /// <summary>Two blocks of users and items; item 5 is nobody's.</summary>
    private static Interactions World() => Blocks.Of(
        12, 6, from user in Enumerable.Range(0, 12) from item in Enumerable.Range(0, 5) where (user < 6 ? item < 3 : item > 1) select (user, item));
}

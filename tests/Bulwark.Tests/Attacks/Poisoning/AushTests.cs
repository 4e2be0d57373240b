using Bulwark.Attacks.Poisoning;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Poisoning;

public sealed class AushTests
{
    private static readonly Budget Budget = new(40, 20, [190]);

    /// <summary>A generator whose output is cut off from its loss is refused, not trained in appearance.</summary>
    [Fact]
    public void AGeneratorWithoutGradientIsRefused()
    {
        var x = new Variable("x");
        var gradient = Grad.Of(at => (at[x].Fixed() * 2).Sum() + (at[x] * 0).Sum(), new Point((x, Tensor.Of(2, 1, 2)))).Move;
        Assert.Contains("step 4", Assert.Throws<VanishedGradientException>(() => Aush.Alive(gradient, 3)).Message);
        var alive = Grad.Of(at => (at[x] * 2).Sum(), new Point((x, Tensor.Of(2, 1, 2)))).Move;
        Assert.Same(alive, Aush.Alive(alive, 3));
    }

    /// <summary>
    /// The loss of the generator, by finite differences along its gradient where nothing is rounded: −ln D(fake) + Σ counted (given − g)² + Σ (1 − g)².
    /// </summary>
    [Fact]
    public void BothLossesFallAlongTheirGradients()
    {
        var net = new AushNet(6, [1, 4], levels: 1e6f);      // so fine that rounding hides nothing
        var (generator, discriminator) = (net.StartGenerator(new(1)), net.StartDiscriminator(new(2)));
        var batch = new AushBatch(
            Tensor.Of((2, 6), 1, 0, 0.4f, 0, 0, 0, 0, 0, 0.6f, 0, 0, 0.2f), Tensor.Of((2, 6), 1, 0.8f, 0.4f, 0, 0, 0, 0, 0, 0.6f, 0, 1, 0.2f),
            Tensor.Of((2, 2), 0.8f, 0, 0, 1), Tensor.Of((2, 2), 1, 1, 0, 1));
        Falls(net.GeneratorLoss(batch, discriminator), generator);
        Falls(net.DiscriminatorLoss(batch, generator), discriminator);

        static void Falls(Loss loss, Point at)
        {
            var (value, gradient) = Grad.Of(loss, at);
            var square = 0.0;
            foreach (var variable in gradient.Variables) square += (gradient[variable] * gradient[variable]).Sum().Item();
            var step = (float)(0.01 / square);
            Assert.Equal(-0.01, loss(at + gradient * -step).Item() - value.Item(), 0.002);
        }
    }

    /// <summary>It learns to praise the selected items: untrained, their mean rating is near the middle of the scale.</summary>
    [Fact]
    public void TrainingRaisesTheSelectedItems()
    {
        double Praise(int steps) => ShillingWorld.Fakes(new Aush([5, 6, 7], steps, Batch: 32, Rate: 0.01f).Poison(ShillingWorld.Train, Budget, new(1)))
            .SelectMany(profile => profile).Where(action => action.Item is 5 or 6 or 7).Average(action => action.Rating);
        var (before, after) = (Praise(0), Praise(60));
        Assert.True(after > before + 0.5, $"{before:F2} before, {after:F2} after");
    }

    /// <summary>Fillers are ratings that one real user gave.</summary>
    [Fact]
    public void FillersAreARealUsers()
    {
        var train = ShillingWorld.Train;
        foreach (var profile in ShillingWorld.Fakes(new Aush([5, 6, 7], Steps: 2).Poison(train, Budget, new(1))))
        {
            var fillers = profile.Where(action => action.Item is not (5 or 6 or 7 or 190)).ToArray();
            Assert.Equal(16, fillers.Length);
            Assert.Contains(Enumerable.Range(0, train.UserCount), user => fillers.All(filler =>
                train.ByUser.Rows(user).ToArray().Any(row => train.Item[row] == filler.Item && train.Value[row] == filler.Rating)));
        }
    }

    [Fact]
    public void SelectedItemsAreNeeded()
    {
        Assert.Contains("selected items", Assert.Throws<ArgumentException>(() => new Aush([190]).Poison(ShillingWorld.Train, Budget, new(1))).Message);
        Assert.Contains("selected items", Assert.Throws<ArgumentException>(() => new Aush([5]).Poison(ShillingWorld.Train, Budget with { Actions = 1 }, new(1))).Message);
    }
}

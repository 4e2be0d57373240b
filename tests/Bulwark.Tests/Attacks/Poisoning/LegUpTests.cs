using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Poisoning;

public sealed class LegUpTests
{
    private static readonly Budget Budget = new(20, 12, [190]);

    /// <summary>
    /// Two levels, thresholds ½ and 3/2: the output layer's bias decides where the weights are zero. σ(0) · 2 = 1 passes one of them, σ(3) · 2 = 1.9 both, σ(−3)
    /// none; what is no filler stays 0.
    /// </summary>
    [Fact]
    public void ThresholdsMakeWholeRatings()
    {
        var net = new LegUpNet(4, [3], 2);
        var at = net.StartGenerator(new(1)).Map((variable, value) =>
            variable.Name == "generator.output.bias" ? Tensor.Of(4, 0, 3, -3, 3) : variable.Name == "generator.thresholds" ? value : Tensor.Zeros(value.Shape));
        var shares = net.Generate(at, Tensor.Of((1, 4), 0.5f, 1, 0.5f, 0));
        Assert.Equal([0.5f, 1, 0, 0], shares.Values.ToArray());
        Assert.Equal([0.5f, 1, 0, 1], net.Clicks(shares).Values.ToArray());
    }

    /// <summary>Every part of the generator has a gradient, from each of the two terms of its loss alone: the surrogate's and the discriminator's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheGeneratorHasAGradient(bool surrogateAlone)
    {
        var train = ShillingWorld.Train;
        var templates = new ProfileTemplates(train, Ratings.Of(train), Budget, []);
        var net = new LegUpNet(train.ItemCount, Budget.Targets, templates.Levels);
        var fillers = Tensor.Of((20, train.ItemCount), templates.Shares([.. templates.Users.Take(20)], new(2))).Keep();
        var (generator, judge) = (net.StartGenerator(new(3)), net.Judge.Start(new(4)));
        var surrogate = new Surrogate(train, Budget, new(5));
        var trained = surrogate.Train(net.Clicks(net.Generate(generator, fillers)), 5, new(6));
        var loss = surrogateAlone
            ? at => surrogate.DistanceAfter(1)(trained.With(surrogate.Clicks, net.Clicks(net.Generate(at, fillers))))
            : net.GeneratorLoss(fillers, judge, _ => Tensor.Scalar(0));
        var gradient = Grad.Of(loss, generator).Move;
        foreach (var variable in generator.Variables) Assert.True((gradient[variable] * gradient[variable]).Sum().Item() > 0, variable.Name);
        Assert.Same(gradient, Aush.Alive(gradient, 0));
    }

    /// <summary>Training the generator brings the targets nearer to the top of the surrogate's lists than profiles of an untrained one do.</summary>
    [Fact]
    public void TrainingBringsTheTargetsNearer()
    {
        var train = ShillingWorld.Train;
        var rounds = new LegUp(Rounds: 3, Steps: 15, Epochs: 20, Rate: 0.01f).Search(new(train, Ratings.Of(train), Budget, []), train, Budget, new(1));
        Assert.Equal(4, rounds.Count);
        Assert.True(rounds.Skip(1).Min(round => round.Distance) < rounds[0].Distance, string.Join(' ', rounds.Select(round => round.Distance)));
    }

    /// <summary>What is rated are fillers of one real user; the ratings are the generator's.</summary>
    [Fact]
    public void FillersAreItemsOfARealUser()
    {
        var train = ShillingWorld.Train;
        var profiles = ShillingWorld.Fakes(new LegUp(Rounds: 1, Steps: 2, Epochs: 5).Poison(train, Budget, new(1)));
        foreach (var profile in profiles)
            Assert.Contains(Enumerable.Range(0, train.UserCount), user => profile.All(action => action.Item == 190 || train.ByUser.Contains(user, action.Item)));
        Assert.Contains(profiles.SelectMany(profile => profile), action => action.Item != 190);
        Assert.Contains("fillers", Assert.Throws<ArgumentException>(() => new LegUp().Poison(train, Budget with { Actions = 1 }, new(1))).Message);
    }
}

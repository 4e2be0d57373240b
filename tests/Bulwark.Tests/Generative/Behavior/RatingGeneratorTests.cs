using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class RatingGeneratorTests
{
    private static readonly RatingGenerator _generator = new([0, 1, -1], 5, 4, 6);
    private static readonly Point _at = _generator.Start(new Rng(1));
    private static readonly Tensor _given = Tensor.Of((2, 3), 1, 1, 0, 0, 1, 1).Keep();

    /// <summary>Whole steps from −2 to 2 where something is rated, and nothing elsewhere.</summary>
    [Fact]
    public void RatingsAreOnTheScaleWhereSomethingIsRated()
    {
        var at = _at.Map((variable, value) => variable.Name == "generator.log-spread" ? value + 3 : value);
        var (seen, total) = (new HashSet<float>(), 0);
        for (ulong seed = 0; seed < 40; seed++)
        {
            float[] x = [.. _generator.Generate(at, 2, _given, new Rng(seed)).Values];
            Assert.Equal((0, 0), (x[2], x[3]));
            seen.UnionWith(new[] { x[0], x[1], x[4], x[5] });
            total++;
        }
        Assert.Equal([-2, -1, 0, 1, 2], seen.Order());
        Assert.Equal(40, total);
    }

    /// <summary>Where noise is small, ratings are what is wanted, rounded.</summary>
    [Fact]
    public void RatingsAreNearWhatIsWanted()
    {
        var at = _at.Map((variable, value) => variable.Name == "generator.log-spread" ? value - 9 : variable.Name == "generator.head.weight" ? value * 0 : value);
        Assert.Equal([0, 1, 0, 0, 1, -1], _generator.Generate(at, 2, _given, new Rng(1)).Values.ToArray());
    }

    /// <summary>Of any y and s, the chances of all ratings sum to 1; by hand P(0) at y = 0, s = 1 is σ(½) − σ(−½) = .2449, and P(2) = σ(−1.5) = .1824.</summary>
    [Fact]
    public void TheLikelihoodIsTheFormula()
    {
        double P(float rating, float y) => Math.Exp(-_generator.Unlikelihood(
            Tensor.Of((1, 3), rating, 0, 0), Tensor.Of((1, 3), y, 0, 0), Tensor.Zeros((1, 3)), Tensor.Of((1, 3), 1, 0, 0)).Item());
        Assert.Equal(0.2449, P(0, 0), 1e-4);
        Assert.Equal(0.1824, P(2, 0), 1e-4);
        Assert.Equal(1, new[] { -2f, -1, 0, 1, 2 }.Sum(rating => P(rating, 0.7f)), 1e-4);
    }

    /// <summary>Ratings are discrete, and yet what a critic says of them reaches every variable.</summary>
    [Fact]
    public void AGradientReachesEveryVariable()
    {
        var critic = new MlpCritic(3, [8], 3);
        var at = _at.With(critic.Start(new Rng(3)));
        var gradient = Grad.Of(here => critic.Score(here, _generator.Generate(here, 2, _given, new Rng(2)), _given).Sum(), at).Move;
        Assert.All(_at.Variables.ToArray(), variable => Assert.Contains(gradient[variable].Values.ToArray(), value => value != 0));
    }

    [Fact]
    public void RatingsOfNothingAreRefused() =>
        Assert.Contains("need a profile", Assert.Throws<ArgumentNullException>(() => _generator.Generate(_at, 2, null, new Rng(2))).Message);
}

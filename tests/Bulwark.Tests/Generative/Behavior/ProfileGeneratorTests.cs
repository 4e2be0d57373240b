using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class ProfileGeneratorTests
{
    private static readonly ProfileGenerator _generator = new([1, 0, 2, 5, 3], 4, [8, 6]);
    private static readonly Point _at = _generator.Start(new Rng(1));
    private static readonly Tensor _given = ProfileConditions.Of(5, [2, 3, 4], [[], [1], [0, 4]]).Keep();

    [Fact]
    public void ProfilesAreSetsOfTheLengthAskedForThatHoldWhatIsKnown()
    {
        var x = _generator.Generate(_at, 3, _given, new Rng(2));
        Assert.All(x.Values.ToArray(), value => Assert.True(value is 0 or 1));
        Assert.Equal([2, 3, 4], x.Sum(1).Values.ToArray());
        Assert.Equal([1, 1, 1], new[] { x.Values[5 + 1], x.Values[10], x.Values[10 + 4] });
    }

    /// <summary>Sets are discrete, and yet what a critic says of them reaches every variable.</summary>
    [Fact]
    public void AGradientReachesEveryVariable()
    {
        var critic = new MlpCritic(5, [8], 6);
        var at = _at.With(critic.Start(new Rng(3)));
        var gradient = Grad.Of(here => critic.Score(here, _generator.Generate(here, 3, _given, new Rng(2)), _given).Sum(), at).Move;
        Assert.All(_at.Variables.ToArray(), variable => Assert.Contains(gradient[variable].Values.ToArray(), value => value != 0));
    }

    /// <summary>With weights of zero every item has its popularity, half an occurrence added.</summary>
    [Fact]
    public void NothingLearnedIsPopularity()
    {
        var scores = _generator.Scores(_at.Map((_, value) => value * 0), _given, new Rng(2)).Values[..5].ToArray();
        Assert.Equal(new[] { 1.5f, 0.5f, 2.5f, 5.5f, 3.5f }.Select(weight => MathF.Log(weight)), scores);
    }

    [Fact]
    public void CodesAndConditionsChangeTheScores()
    {
        var scores = _generator.Scores(_at, _given, new Rng(2)).Values.ToArray();
        Assert.NotEqual(scores, _generator.Scores(_at, _given, new Rng(4)).Values.ToArray());
        Assert.NotEqual(scores, _generator.Scores(_at, ProfileConditions.Of(5, [2, 3, 4], [[], [2], [0, 3]]), new Rng(2)).Values.ToArray());
    }

    [Fact]
    public void AProfileWithoutALengthIsRefused() =>
        Assert.Contains("needs a length", Assert.Throws<ArgumentNullException>(() => _generator.Generate(_at, 3, null, new Rng(2))).Message);
}

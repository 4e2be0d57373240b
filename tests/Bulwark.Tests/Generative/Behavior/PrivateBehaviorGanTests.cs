using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class PrivateBehaviorGanTests
{
    private static readonly Interactions Users = BehaviorWorld.TwoTastes(120, new Rng(1));
    private static readonly BehaviorGanOptions Options = new(2, 4) { Batch = 40, Latent = 2, Hidden = 8, Rate = 0.02f };

    /// <summary>The three parts share ε and δ and stay within them; less ε is more noise in each.</summary>
    [Fact]
    public void ThePartsAddUpToTheBudget()
    {
        var (wide, narrow) = (Gan(8), Gan(2));
        foreach (var (gan, epsilon) in new[] { (wide, 8.0), (narrow, 2.0) })
        {
            Assert.InRange(gan.Epsilon, 0.98 * epsilon, epsilon);
            Assert.Equal((1, 1L), (gan.Lengths.Share, gan.Lengths.Steps));
            Assert.Equal((1, 1L), (gan.Popularity.Share, gan.Popularity.Steps));
            Assert.Equal((40.0 / 120, 6 * 3L), (gan.Steps.Share, gan.Steps.Steps));              // 3 steps an epoch
        }
        Assert.True(narrow.Steps.Noise > wide.Steps.Noise && narrow.Lengths.Noise > wide.Lengths.Noise && narrow.Popularity.Noise > wide.Popularity.Noise);
    }

    /// <summary>Everybody has five items: with next to no noise made-up people have, with much of it they do not.</summary>
    [Fact]
    public void NoiseCostsLikeness()
    {
        Assert.Equal(0, Activity(1e5));
        Assert.True(Activity(0.2) > 0.2);

        static double Activity(double epsilon) => BehaviorQuality.Of(Users, Gan(epsilon).Generate(200, new Rng(3)).Made).Activity;
    }

    [Fact]
    public void EqualArgumentsGiveEqualPeople()
    {
        var (one, again, other) = (Made(1), Made(1), Made(2));
        Assert.Equal(one, again);
        Assert.NotEqual(one, other);

        static int[] Made(ulong seed) => Gan(8).Generate(30, new Rng(seed)).Made.Item.ToArray();
    }

    private static PrivateBehaviorGan Gan(double epsilon) => new(Users, Options, epsilon, 1e-5);
}

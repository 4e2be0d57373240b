using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class BehaviorGanTests
{
    private static readonly Interactions _train = BehaviorWorld.TwoTastes(120, new Rng(1));
    private static readonly BehaviorGanOptions _options = new(20, 100) { Batch = 30, Latent = 4, Hidden = 32, MostKnown = 1, Rate = 1e-2f };
    private static readonly (ProfileSampler Sampler, GameResult Result) _trained = new BehaviorGan(_train, _options).Train(new Rng(2));

    /// <summary>Items of one taste come together, as they do in no draw by popularity, and both tastes come.</summary>
    [Fact]
    public void MadeUpUsersHaveATaste()
    {
        Assert.Equal(0.67, BehaviorWorld.Purity(Profiles(ProfileSampler.ByPopularity(_train.ItemCounts()))), 0.04);
        var profiles = Profiles(_trained.Sampler);
        Assert.InRange(BehaviorWorld.Purity(profiles), 0.85, 1);
        Assert.InRange(profiles.Count(profile => profile.Count(item => item < 10) > 2), 60, 140);
    }

    /// <summary>Someone of whom one item is known gets others of the same taste.</summary>
    [Fact]
    public void WhatIsKnownDecidesTheRest()
    {
        int[][] known = [.. Enumerable.Range(0, 100).Select(n => new[] { n % BehaviorWorld.Items })];
        var profiles = _trained.Sampler.Draw([.. known.Select(_ => 4)], known, new Rng(3));
        Assert.InRange(profiles.Average(profile => profile.Count(item => item / 10 == profile[0] / 10) / 4.0), 0.85, 1);
    }

    [Fact]
    public void BothPlayersLearnAndAreMeasured()
    {
        Assert.Equal(20, _trained.Result.Curve.Count);
        Assert.All(_trained.Result.Curve, epoch => Assert.True(epoch is { GeneratorGradient: > 0, CriticGradient: > 0 }));
        Assert.Equal(["activity", "popularity", "reach"], _trained.Result.Curve[^1].Quality!.Distances.Keys.Order());
    }

    [Fact]
    public void EqualSeedsGiveEqualUsersAndSettingsChangeThem()
    {
        var small = new BehaviorGanOptions(3, 1) { Batch = 60, Latent = 2, Hidden = 8 };
        var users = Made(small, 1);
        Assert.Equal(users, Made(small, 1));
        Assert.NotEqual(users, Made(small, 2));
        foreach (var other in new[]
        {
            small with { Epochs = 6 }, small with { Before = 3 }, small with { Adversarial = 50 }, small with { MostKnown = 0 }, small with { Rate = 0.05f },
            small with { Latent = 3 }, small with { Hidden = 10 }, small with { Batch = 20 },
        })
            Assert.NotEqual(users, Made(other, 1));

        string Made(BehaviorGanOptions options, ulong seed) => new BehaviorGan(_train, options).Train(new Rng(seed)).Sampler.Generate(200, _train, new Rng(5)).Hash;
    }

    /// <summary>People are asked for by what is known of them: those of one segment touch what its people do; without traits nobody can be asked for.</summary>
    [Fact]
    public void ASegmentTouchesWhatItsPeopleDo()
    {
        float[][] traits = [.. Enumerable.Range(0, _train.UserCount).Select(user => new[] { user % 2f })];
        var sampler = new BehaviorGan(_train, _options with { Epochs = 10, Before = 60 }, traits).Train(new Rng(2)).Sampler;
        foreach (var segment in new[] { 0, 1 })
        {
            Assert.InRange(Own(sampler.Generate(100, _train, new Rng(4), traits, user => user % 2 == segment), segment), 0.85, 1);
            Assert.InRange(Own(_trained.Sampler.Generate(100, _train, new Rng(4), null, user => user % 2 == segment), segment), 0.3, 0.7);
        }
        Assert.Contains("Nobody", Assert.Throws<ArgumentException>(() => sampler.Generate(1, _train, new Rng(4), traits, _ => false)).Message);

        static double Own(Interactions made, int segment) => made.Item.ToArray().Average(item => item / 10 == segment ? 1.0 : 0);
    }

    private static int[][] Profiles(ProfileSampler sampler)
    {
        var made = sampler.Generate(200, _train, new Rng(4));
        return [.. Enumerable.Range(0, 200).Select(user => made.ByUser.Items(user).ToArray())];
    }
}

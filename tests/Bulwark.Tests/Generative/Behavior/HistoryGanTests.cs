using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class HistoryGanTests
{
    private static readonly Interactions _train = HistoryWorld.TwoStrides(96, new Rng(1));
    private static readonly HistoryGanOptions _options = new(4, 25) { Batch = 24, Length = 5, Dimension = 16, MostKnown = 2, Rate = 1e-2f };
    private static readonly (HistorySampler Sampler, GameResult Result) _trained = new HistoryGan(_train, _options).Train(new Rng(2));

    /// <summary>Made-up users keep their stride, which takes two items to tell: a chain of first order cannot.</summary>
    [Fact]
    public void MadeUpUsersKeepTheirStride()
    {
        Assert.InRange(HistoryWorld.Steady(Histories(_trained.Sampler)), 0.85, 1);
        Assert.InRange(HistoryWorld.Steady(Histories(HistorySampler.MarkovChain(_train))), 0.3, 0.65);
    }

    /// <summary>Two items known decide which way it goes on; both ways come where one is known.</summary>
    [Fact]
    public void WhatComesFirstDecidesTheRest()
    {
        int[][] known = [.. Enumerable.Range(0, 60).Select(n => new[] { 3, n % 2 == 0 ? 4 : 8 })];
        var all = _trained.Sampler.Draw([.. known.Select(_ => 3)], known, false, new Rng(3));
        Assert.InRange(all.Average(own => own[2] == (own[1] == 4 ? 5 : 1) ? 1.0 : 0), 0.8, 1);
        var one = _trained.Sampler.Draw([.. known.Select(_ => 2)], [.. known.Select(_ => new[] { 6 })], false, new Rng(3));
        Assert.InRange(one.Count(own => own[1] is 7 or 11), 50, 60);
        Assert.InRange(one.Count(own => own[1] == 7), 10, 50);
    }

    [Fact]
    public void BothPlayersLearnAndAreMeasured()
    {
        Assert.Equal(4, _trained.Result.Curve.Count);
        Assert.All(_trained.Result.Curve, epoch => Assert.True(epoch is { GeneratorGradient: > 0, CriticGradient: > 0 }));
        Assert.Equal(["later", "next", "popularity", "reach"], _trained.Result.Curve[^1].Quality!.Distances.Keys.Order());
    }

    [Fact]
    public void AnyModelOfWhatComesNextCanPlay()
    {
        var options = _options with { Epochs = 1, Before = 1 };
        SasRec Attention() => new(HistoryWorld.Items, new(16, 1, Length: 5));
        Assert.True(new HistoryGan(_train, options, Attention(), Attention()).Train(new Rng(2)).Result.Curve[0] is { GeneratorGradient: > 0, CriticGradient: > 0 });
        var cloze = new Bert4Rec(HistoryWorld.Items, new(16, Length: 5));
        Assert.Contains("tell what follows", Assert.Throws<ArgumentException>(() => new HistoryGan(_train, options, cloze, cloze)).Message);
    }

    [Fact]
    public void EqualSeedsGiveEqualUsersAndSettingsChangeThem()
    {
        var small = new HistoryGanOptions(3, 1) { Batch = 48, Length = 4, Dimension = 8, MostKnown = 2, Rate = 0.02f, Adversarial = 5 };
        var users = Made(small, 1);
        Assert.Equal(users, Made(small, 1));
        Assert.NotEqual(users, Made(small, 2));
        foreach (var other in new[]
        {
            small with { Epochs = 6 }, small with { Before = 3 }, small with { Adversarial = 50 }, small with { MostKnown = 3 }, small with { Rate = 0.05f },
            small with { Length = 5 }, small with { Dimension = 10 }, small with { Batch = 20 },
        })
            Assert.False(users == Made(other, 1), other.ToString());

        string Made(HistoryGanOptions options, ulong seed) => new HistoryGan(_train, options).Train(new Rng(seed)).Sampler.Generate(100, _train, new Rng(5)).Hash;
    }

    private static int[][] Histories(HistorySampler sampler)
    {
        var made = sampler.Generate(100, _train, new Rng(3));
        return [.. Enumerable.Range(0, made.UserCount).Select(user => made.ByUser.Items(user).ToArray())];
    }
}

using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class HistorySamplerTests
{
    private static readonly Interactions _real = HistoryWorld.TwoStrides(60, new Rng(1));

    /// <summary>
    /// Two users, a b a and a c: behind a came b and c, once each, so c(a) = m(a) = 2. Popularity, half an occurrence added to each, is 3.5, 1.5 and 1.5 of 6.5: next
    /// behind a is a with 2 (3.5 / 6.5) / 4, and b or c with (1 + 2 (1.5 / 6.5)) / 4.
    /// </summary>
    [Fact]
    public void TheChainIsTheFormula()
    {
        var builder = new InteractionsBuilder();
        foreach (var (user, item) in new[] { ("u", "a"), ("u", "b"), ("u", "a"), ("v", "a"), ("v", "c") }) builder.Add(user, item);
        var real = builder.Build();
        var drawn = HistorySampler.MarkovChain(real).Draw(
            [.. Enumerable.Repeat(2, 20_000)], [.. Enumerable.Repeat(new[] { 0 }, 20_000)], repeats: true, new Rng(2));
        double[] expected = [2 * 3.5 / 6.5 / 4, (1 + 2 * 1.5 / 6.5) / 4, (1 + 2 * 1.5 / 6.5) / 4];
        for (var item = 0; item < 3; item++) Assert.Equal(expected[item], drawn.Count(own => own[1] == item) / 20_000.0, 0.015);
    }

    /// <summary>A chain of first order goes where somebody went, and knows no stride.</summary>
    [Fact]
    public void AChainHasNoStride()
    {
        var drawn = HistorySampler.MarkovChain(_real).Draw([.. Enumerable.Repeat(3, 500)], [.. Enumerable.Repeat(new[] { 3, 4 }, 500)], repeats: true, new Rng(2));
        Assert.InRange(drawn.Count(own => own[2] == 5), 150, 330);
        Assert.InRange(drawn.Count(own => own[2] == 9), 150, 330);
    }

    [Fact]
    public void MadeUpUsersAreNewHaveRealLengthsAndTimesInOrder()
    {
        var made = HistorySampler.MarkovChain(_real).Generate(30, _real, new Rng(2));
        Assert.Equal((30, 180, true), (made.UserCount, made.Count, made.HasTimes));
        Assert.All(made.Users.Ids, id => Assert.StartsWith("synthetic-", id, StringComparison.Ordinal));
        for (var row = 1; row < made.Count; row++)
            if (made.User[row] == made.User[row - 1]) Assert.Equal(10, made.Time[row] - made.Time[row - 1]);
        Assert.Equal(made.Count, made.DistinctPairs().Count);
        Assert.Equal(made.Hash, HistorySampler.MarkovChain(_real).Generate(30, _real, new Rng(2)).Hash);
    }

    [Fact]
    public void WithoutTimesTheyAreCounted()
    {
        var real = new Interactions(_real.Users, _real.Items, _real.User.ToArray(), _real.Item.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], HistorySampler.MarkovChain(real).Generate(1, real, new Rng(2)).Time.ToArray());
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        var sampler = HistorySampler.MarkovChain(_real);
        Assert.Throws<ArgumentException>(() => sampler.Draw([2], [[]], true, new Rng(1)));
        Assert.Throws<ArgumentException>(() => sampler.Draw([HistoryWorld.Items + 1], [[0]], false, new Rng(1)));
    }
}

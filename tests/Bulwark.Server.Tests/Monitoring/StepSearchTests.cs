using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class StepSearchTests
{
    private static readonly int[] Targets = [900, 901, 902];

    [Fact]
    public void EightAccountsOnTheSameItemsAreInStep()
    {
        var found = StepSearch.In(Span(8, fillers: 0), Targets, 0.01);
        Assert.Equal(Enumerable.Range(100, 8), found.Users.Keys.Order());
        Assert.All(found.Users.Values, cosine => Assert.Equal(1, cosine, 12));
        Assert.Equal(Targets, found.Items);
        Assert.Empty(StepSearch.In(Span(7, fillers: 0), Targets, 0.01).Users);
    }

    /// <summary>Three targets of five items: a cosine of 3/5. Of seven: 3/7, which is below ½.</summary>
    [Fact]
    public void WhatTheyShareIsHalfOfWhatTheyTake()
    {
        Assert.All(StepSearch.In(Span(10, fillers: 2), Targets, 0.01).Users.Values, cosine => Assert.Equal(0.6, cosine, 12));
        Assert.Empty(StepSearch.In(Span(10, fillers: 4), Targets, 0.01).Users);
    }

    [Fact]
    public void WithoutASurgeAFewAreChance() => Assert.Empty(StepSearch.In(Span(10, fillers: 0), [], 0.01).Users);

    /// <summary>Where everybody takes two of the same few items, eight who share two are no crowd.</summary>
    [Fact]
    public void WhatEverybodyTurnsToIsNoStep()
    {
        var traffic = new Traffic(4, users: 400, items: 6);
        int[] all = [0, 1, 2, 3, 4, 5];
        Assert.Empty(StepSearch.In(new([new(0, traffic.Next(1000))]), all, 0.01).Users);
    }

    /// <summary>Twenty accounts on five items need no surge.</summary>
    [Fact]
    public void LargeCrowdsAreFoundOnAnything()
    {
        var span = new TrafficSpan([new(0, [.. Crowd(20, [1, 2, 3, 4, 5]), .. Honest()])]);
        Assert.Equal(Enumerable.Range(100, 20), StepSearch.In(span, [], 0.01).Users.Keys.Order());
    }

    private static TrafficSpan Span(int accounts, int fillers) => new([new(0, [.. Crowd(accounts, Targets, fillers), .. Honest()])]);

    private static IEnumerable<Observation> Crowd(int accounts, int[] items, int fillers = 0) => Enumerable.Range(100, accounts).SelectMany(user =>
        items.Concat(Enumerable.Range(0, fillers).Select(n => 10_000 + 10 * user + n)).Select(item => new Observation(user, item, 0, 0)));

    private static Observation[] Honest() => new Traffic(1, users: 100).Next(1000);
}

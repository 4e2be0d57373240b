using Bulwark.Data;
using Bulwark.Server.Live;

namespace Bulwark.Server.Tests.Live;

public sealed class LiveHistoriesTests
{
    private readonly LiveHistories _histories = new(TwoTastes.Served().Train);

    [Fact]
    public void EventsStandBehindTraining()
    {
        Assert.Equal([1, 2], _histories.Of(1));                                // u1: a1, a2
        Assert.False(_histories.HasChanged(1));
        var touch = Add("u1", "b5");
        Assert.Equal((1, 11), (touch.User, touch.Item));
        Assert.Equal([1, 2], touch.Before);
        Assert.Equal([1, 2, 11], _histories.Of(1));
        Assert.True(_histories.HasChanged(1));
    }

    [Fact]
    public void WhatIsTouchedAgainComesLast()
    {
        Add("u1", "b5");
        Add("u1", "a1");
        Assert.Equal([2, 11, 1], _histories.Of(1));
    }

    [Fact]
    public void NewUsersAndItemsGetRows()
    {
        var touch = Add("somebody", "something");
        Assert.Equal((TwoTastes.Users, TwoTastes.Items), (touch.User, touch.Item));
        Assert.Equal([TwoTastes.Items], _histories.Of(TwoTastes.Users));
        Assert.Empty(_histories.Of(-1));
        Assert.Empty(_histories.Of(99));
    }

    /// <summary>A thousand touches by one user make an item popular once, those of a hundred users a hundred times.</summary>
    [Fact]
    public void PopularityCountsAUserOnce()
    {
        var before = _histories.Popularity[11];
        for (var n = 0; n < 1000; n++) Add("u1", "b5");
        for (var n = 0; n < 200; n++) Add($"new{n}", "b4");
        Assert.InRange(_histories.Popularity[11] - before, 0, 1);
        Assert.InRange(_histories.Popularity[10], 100, 201);
    }

    private Touch Add(string user, string item) => _histories.Add(new(user, item, EventKind.View, 0));
}

using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class TrafficWindowTests
{
    /// <summary>Ranks 1, 3, 0, 11: two of four hit; (1 + 1/log₂ 4) / 4 = 0.375.</summary>
    [Fact]
    public void AccuracyIsOfTheFirstTenPlaces()
    {
        var window = new TrafficWindow(0, [new(0, 0, 5, 1), new(0, 1, 3, 3), new(1, 0, 9, 0), new(1, 1, 7, 11)]);
        Assert.Equal((0.5, 0.375), (window.HitRate, window.Ndcg));
        Assert.Equal((3, 9), (window.From, window.To));
    }

    [Fact]
    public void AnAccountCountsOnceForAnItem()
    {
        var window = new TrafficWindow(0, [new(7, 4, 1, 0), new(2, 4, 1, 9), new(7, 4, 2, 1), new(7, 5, 3, 0)]);
        Assert.Equal([new(2, 4, true), new(7, 4, false), new(7, 5, false)], window.Pairs);
        Assert.Equal([1, 2], window.Users().Select(user => user.Count));
        Assert.Equal(4, window.Events);
    }
}

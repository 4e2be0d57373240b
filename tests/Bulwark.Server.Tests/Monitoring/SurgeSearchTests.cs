using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class SurgeSearchTests
{
    [Fact]
    public void AnItemFarAboveItsPastSurges()
    {
        var (search, past, traffic) = Warm();
        var found = search.In(new([new(9, traffic.With(500, [.. Enumerable.Range(0, 25)], [250]))]), past, user => user < 5, _ => false);
        var surge = found.Surging[0];
        Assert.Equal(250, surge.Item);
        Assert.InRange(surge.Accounts, 25, 27);
        Assert.InRange(surge.Expected, 0.05, 1);
        Assert.InRange(surge.NewShare, 0.18, 0.2);
        Assert.Equal(250, found.Candidates[0]);
    }

    [Fact]
    public void WithoutASurgeNothingIsFoundMoreOftenThanStated()
    {
        var (search, past, traffic) = Warm();
        var found = 0;
        for (var n = 0; n < 200; n++) found += search.In(new([new(n, traffic.Next(500))]), past, _ => false, _ => false).Surging.Count;
        Assert.InRange(found, 0, 4);
    }

    /// <summary>Items that come and at once have twenty accounts are no surge where all that come do.</summary>
    [Fact]
    public void FreshItemsAreHeldAgainstFreshOnes()
    {
        var (search, past, traffic) = Warm();
        Assert.Contains(1000, Launch(1000, 20));             // the first of its sort
        for (var n = 1; n < 12; n++) Launch(1000 + n, 10 + n);
        Assert.DoesNotContain(1012, Launch(1012, 20));
        Assert.Contains(2000, Launch(2000, 200));

        IEnumerable<int> Launch(int item, int accounts) => search.In(
                new([new(0, traffic.With(500, [.. Enumerable.Range(0, accounts)], [item]))]), past, _ => false, one => one >= 1000)
            .Surging.Select(surge => surge.Item);
    }

    private static (SurgeSearch, ItemPast, Traffic) Warm()
    {
        var (traffic, past, search) = (new Traffic(1), new ItemPast(20), new SurgeSearch(new()));
        past.Start(traffic.Train(50_000).ItemCounts(), 20_000);
        for (var n = 0; n < 20; n++) search.In(new([new(n, traffic.Next(500))]), past, _ => false, _ => false);
        return (search, past, traffic);
    }
}

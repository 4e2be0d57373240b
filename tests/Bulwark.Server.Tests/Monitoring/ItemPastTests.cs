using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class ItemPastTests
{
    /// <summary>Training, 3 : 1, counts as 40 pairs: 30 and 10, and half a pair for each of two items. A window later, with a half-life of one, 15 + 1 and 5.</summary>
    [Fact]
    public void TheOldCountsHalfAfterAHalfLife()
    {
        var past = new ItemPast(halfLife: 1);
        past.Start([3, 1], 40);
        Assert.Equal(30.5 / 41, past.ShareOf(0), 12);
        past.Add(new(0, [new(5, 0, 0, 0)]), _ => true, ranked: true);
        Assert.Equal(16.5 / 22, past.ShareOf(0), 12);
        Assert.Equal(5.5 / 22, past.ShareOf(1), 12);
        Assert.False(past.Has(2));
    }

    [Fact]
    public void WhoDoesNotCountLeavesNoTrace()
    {
        var past = new ItemPast(halfLife: 20);
        past.Start([1, 1], 2);
        past.Add(new(0, [new(1, 5, 0, 0), new(1, 6, 0, 0)]), user => user != 1, ranked: true);
        Assert.Equal(2, past.Items);
    }

    /// <summary>Of four who took item 0, three found it in their lists; mixed with four of the usual share (3 + 1) / (8 + 2).</summary>
    [Fact]
    public void ListedSharesAreMixedWithTheUsual()
    {
        var past = new ItemPast(halfLife: 1_000_000);
        past.Add(new(0, [.. Enumerable.Range(0, 8).Select(n => new Observation(n % 4, n / 4, 0, n < 4 ? n : 0))]), _ => true, ranked: true);
        past.Add(new(0, [new(1, 0, 0, 0)]), _ => true, ranked: false);     // its lists are not known
        Assert.Equal((3 + 4 * 0.4) / 8, past.ListedShareOf(0), 5);
    }
}

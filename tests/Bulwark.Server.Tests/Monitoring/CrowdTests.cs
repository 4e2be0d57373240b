using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class CrowdTests
{
    private static readonly Surge Surge = new(900, 20, 1, 1e-9, 0.8, 0, 0);

    /// <summary>16 of 20 are new where one in ten otherwise is.</summary>
    [Fact]
    public void NewAccountsBehindASurgeAreNamed()
    {
        var crowd = Crowd.Of(Span(16, 4), [Surge], IsNew, 0.01).Single(crowd => crowd.Kind == AlarmKind.NewAccounts);
        Assert.Equal(Enumerable.Range(1000, 16), crowd.Users);
        Assert.Equal(0.1, crowd.Share.Usual, 2);
        Assert.Equal(1 - 0.1 / 0.8, crowd.Excess, 0.005);
    }

    [Fact]
    public void OldAccountsBehindASurgeAreDemand() =>
        Assert.DoesNotContain(Crowd.Of(Span(4, 16), [Surge], IsNew, 0.01), crowd => crowd.Kind == AlarmKind.NewAccounts);

    [Fact]
    public void AFewNewOnesAreNoCrowd() => Assert.Empty(Crowd.Of(Span(7, 0), [Surge], IsNew, 0.01));

    /// <summary>All twenty take nothing else, where all others take five things.</summary>
    [Fact]
    public void AccountsThatComeForTheItemAloneAreNamed()
    {
        var crowd = Assert.Single(Crowd.Of(Span(0, 20), [Surge], IsNew, 0.01));
        Assert.Equal(AlarmKind.Devoted, crowd.Kind);
        Assert.Equal(Enumerable.Range(300, 20), crowd.Users);
        Assert.Empty(Crowd.Of(Span(0, 20, others: 2), [Surge], IsNew, 0.01));
    }

    private static bool IsNew(int user) => user is >= 1000 or < 20;

    private static TrafficSpan Span(int young, int old, int others = 0) => new([new(0,
    [
        .. Enumerable.Range(1000, young).Concat(Enumerable.Range(300, old))
            .SelectMany(user => Enumerable.Range(900, 1 + others).Select(item => new Observation(user, item, 0, 0))),
        .. Enumerable.Range(0, 200).SelectMany(user => Enumerable.Range(0, 5).Select(item => new Observation(user, item, 0, 0))),
    ])]);
}

using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class NewCrowdTests
{
    private static readonly Surge Surge = new(900, 20, 1, 1e-9, 0.8, 0, 0);

    /// <summary>16 of 20 are new where one in ten otherwise is.</summary>
    [Fact]
    public void NewAccountsBehindASurgeAreNamed()
    {
        var crowd = Assert.Single(NewCrowd.Of(Span(16, 4), [Surge], IsNew, 0.01));
        Assert.Equal(Enumerable.Range(1000, 16), crowd.Users);
        Assert.Equal(0.1, crowd.Share.Usual, 2);
        Assert.Equal(1 - 0.1 / 0.8, crowd.Excess, 0.005);
    }

    [Fact]
    public void OldAccountsBehindASurgeAreDemand() => Assert.Empty(NewCrowd.Of(Span(4, 16), [Surge], IsNew, 0.01));

    [Fact]
    public void AFewNewOnesAreNoCrowd() => Assert.Empty(NewCrowd.Of(Span(7, 0), [Surge], IsNew, 0.01));

    private static bool IsNew(int user) => user is >= 1000 or < 20;

    private static TrafficSpan Span(int young, int old) => new([new(0,
    [
        .. Enumerable.Range(1000, young).Concat(Enumerable.Range(300, old)).Select(user => new Observation(user, 900, 0, 0)),
        .. Enumerable.Range(0, 200).SelectMany(user => Enumerable.Range(0, 5).Select(item => new Observation(user, item, 0, 0))),
    ])]);
}

using Bulwark.Defenses;

namespace Bulwark.Tests.Defenses;

public sealed class AdaptiveStrengthTests
{
    private static readonly AdaptiveStrength Rule = new(0.5f, Target: 0.2, Gain: 2, Low: 0.1f, High: 1);

    private static HardeningRound Lost(int round, double share) => new(round, 1, 1 - share);

    /// <summary>After a round that lost .3: .5 e^{2 · .1}; after one more that lost .1: back to .5. What was lost before hardening does not count.</summary>
    [Fact]
    public void ItFollowsWhatWasLost()
    {
        Assert.Equal(0.5f, Rule.After([Lost(0, 0.9)]));
        Assert.Equal(0.5 * Math.Exp(0.2), Rule.After([Lost(0, 0.9), Lost(1, 0.3)]), 1e-6);
        Assert.Equal(0.5, Rule.After([Lost(0, 0.9), Lost(1, 0.3), Lost(2, 0.1)]), 1e-6);
        Assert.Equal(0.5, (Rule with { Gain = 0 }).After([Lost(0, 0.9), Lost(1, 0.3)]), 1e-6);
    }

    [Fact]
    public void ItStaysBetweenItsBounds()
    {
        HardeningRound[] rounds(double share) => [.. Enumerable.Range(0, 20).Select(round => Lost(round, share))];
        Assert.Equal(1, Rule.After(rounds(1)));
        Assert.Equal(0.1f, Rule.After(rounds(0)));
    }
}

using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class BinomialTests
{
    /// <summary>Three coins: 4 of 8 ways have two heads or more. Four throws with ¼: 1 − (¾)⁴ − 4 · ¼ (¾)³ = 1 − 81/256 − 108/256.</summary>
    [Theory]
    [InlineData(2, 3, 0.5, 0.5)]
    [InlineData(2, 4, 0.25, 67 / 256.0)]
    [InlineData(0, 4, 0.25, 1)]
    [InlineData(3, 3, 0.1, 0.001)]
    [InlineData(1, 3, 0, 0)]
    [InlineData(3, 3, 1, 1)]
    public void TheTailIsTheSumOfItsTerms(int k, int n, double p, double expected) => Assert.Equal(expected, Binomial.AtLeast(k, n, p), 12);
}

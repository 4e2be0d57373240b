using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class JensenShannonTests
{
    /// <summary>
    /// ¾ ¼ and ¼ ¾ have the middle ½ ½: ¾ log₂ 1.5 + ¼ log₂ ½ = 0.438722 − 0.25. 1 0 and ½ ½ have ¾ ¼: ½ (log₂ 4/3 + ½ log₂ 2/3 + ½ log₂ 2), which is
    /// ½ (0.415037 − 0.292481 + 0.5).
    /// </summary>
    [Theory]
    [InlineData(new[] { 3, 1 }, new[] { 1, 3 }, 0.188722)]
    [InlineData(new[] { 5, 0 }, new[] { 2, 2 }, 0.311278)]
    [InlineData(new[] { 2, 4, 6 }, new[] { 1, 2, 3 }, 0)]
    [InlineData(new[] { 7, 0 }, new[] { 0, 3 }, 1)]
    public void ItIsTheSumWorkedByHand(int[] a, int[] b, double expected)
    {
        Assert.Equal(expected, JensenShannon.Divergence(a, b), 6);
        Assert.Equal(expected, JensenShannon.Divergence(b, a), 6);
    }

    [Fact]
    public void NothingHasNoDistribution()
    {
        Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([0, 0], [1, 0]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Divergence([1], [1, 0]));
    }
}

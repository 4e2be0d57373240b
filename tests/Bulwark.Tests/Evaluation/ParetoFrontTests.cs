using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class ParetoFrontTests
{
    [Fact]
    public void DominationIsStrictSomewhere()
    {
        Assert.True(ParetoFront.Dominates([1, 2], [1, 1]));
        Assert.False(ParetoFront.Dominates([1, 1], [1, 1]));
        Assert.False(ParetoFront.Dominates([2, 0], [1, 1]));
    }

    /// <summary>(2, 2) beats (1, 2) and (0, 0); (3, 0) and (0, 3) are best in one goal; the same choice twice is on the front twice.</summary>
    [Fact]
    public void TheFrontIsWhatNothingBeats() =>
        Assert.Equal([true, false, true, true, true, false], ParetoFront.Of([[2, 2], [1, 2], [3, 0], [0, 3], [2, 2], [0, 0]]));
}

using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class BestItemsTests
{
    [Fact]
    public void WorkedByHand()
    {
        var best = BestItems.Of([3, float.NaN, 5, float.NegativeInfinity, 3, 9, 1], [5, 99], 3);       // 9 is left out; nobody has item 99
        Assert.Equal([2, 0, 4], best.Items);
        Assert.Equal([5f, 3, 3], best.Scores);
    }

    [Fact]
    public void AListEndsWithTheItemsThatHaveAScore()
    {
        Assert.Equal([1], BestItems.Of([0, 1, float.NaN], [0], 10).Items);
        Assert.Empty(BestItems.Of([0, 1], [0, 1], 10).Items);
        Assert.Empty(BestItems.Of([0, 1], [], 0).Items);
    }
}

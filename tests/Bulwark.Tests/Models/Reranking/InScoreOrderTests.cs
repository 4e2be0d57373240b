using Bulwark.Models.Reranking;

namespace Bulwark.Tests.Models.Reranking;

public sealed class InScoreOrderTests
{
    /// <summary>Items 3, 1, 4 and 0 with scores 2, 8, 8 and 10: 0, then 1 before 4 as they were chosen, then 3.</summary>
    [Fact]
    public void TheSameItemsByScore() => Assert.Equal([0, 1, 4, 3], InScoreOrder.Of((_, _, _) => [3, 1, 4, 0])([10, 8, 6, 2, 8], [], 4));
}

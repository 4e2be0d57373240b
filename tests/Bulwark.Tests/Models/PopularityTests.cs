using Bulwark.Models;

namespace Bulwark.Tests.Models;

public sealed class PopularityTests
{
    [Fact]
    public void ScoresAreCounts()
    {
        var popularity = new Popularity(7, [3, 0, 12]);
        Assert.Equal((7, 3), (popularity.UserCount, popularity.ItemCount));
        var scores = new float[6];
        popularity.Score([6, 1], scores);
        Assert.Equal([3, 0, 12, 3, 0, 12], scores);
    }
}

using Bulwark.Models;
using Bulwark.Models.Content;

namespace Bulwark.Tests.Models.Content;

public sealed class AttributeRecommenderTests
{
    /// <summary>Kinds x, x, y, y with weights 3 and 1 on the first and third: (3 + 0) / 4 for x, 1 / 4 for y.</summary>
    [Fact]
    public void WeightedSimilaritiesWorkedByHand()
    {
        var liked = Blocks.Of(2, 4, [(0, 0), (0, 2)], (_, item) => item == 0 ? 3 : 1);
        var recommender = new AttributeRecommender(liked, new(new(liked.Items, [new("kind", ["x", "x", "y", "y"])]), ("kind", 1)));
        var scores = new float[8];
        recommender.Score([0, 1], scores);
        Assert.Equal([0.75f, 0.75f, 0.25f, 0.25f, 1, 0, 1, 0], scores);
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory([3], scores.AsSpan(0, 4)));
        Assert.Equal([0, 0, 1, 1], scores[..4]);
    }
}

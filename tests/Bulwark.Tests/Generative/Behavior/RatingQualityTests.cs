using Bulwark.Data;
using Bulwark.Generative.Behavior;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class RatingQualityTests
{
    /// <summary>
    /// Two people rate two items 1 1 and 5 5, two others 1 5 and 5 1: the same ratings and the same means of items, but means of users 1, 5 against 3, 3 (distance ½) and
    /// deviations 0, 0 against 2, 2 (distance 1).
    /// </summary>
    [Fact]
    public void DistancesAreOfWhatTheySay()
    {
        Assert.Equal(new RatingQuality(0, 0.5, 1, 0), RatingQuality.Of(Of(1, 1, 5, 5), Of(1, 5, 5, 1)));
        Assert.Equal(new RatingQuality(0.5, 0.5, 0, 1), RatingQuality.Of(Of(1, 1, 5, 5), Of(5, 5, 5, 5)));
        Assert.Equal(new RatingQuality(0, 0, 0, 0), RatingQuality.Of(Of(1, 2, 3, 4), Of(1, 2, 3, 4)));

        static Interactions Of(params float[] values) => new(new Vocabulary(["u", "v"]), new Vocabulary(["a", "b"]), [0, 0, 1, 1], [0, 1, 0, 1], values);
    }
}

using Bulwark.Data;

namespace Bulwark.Tests.Data;

public sealed class RatingScaleTests
{
    [Fact]
    public void StepIsTheSmallestGap()
    {
        Assert.Equal(new RatingScale(1, 5, 1), RatingScale.Of([3, 5, 1, 4, 1]));
        Assert.Equal(new RatingScale(0.5f, 4, 0.5f), RatingScale.Of([4, 0.5f, 1, 2]));
        Assert.Equal(new RatingScale(3, 3, 1), RatingScale.Of([3, 3]));
        Assert.Throws<ArgumentException>(() => RatingScale.Of([]));
    }

    /// <summary>Halves: 2.3 is nearest to 2.5, 2.2 to 2; what lies outside is clamped.</summary>
    [Theory]
    [InlineData(2.3, 2.5)]
    [InlineData(2.2, 2)]
    [InlineData(9, 4)]
    [InlineData(-9, 0.5)]
    public void RatingsAreRoundedThenClamped(double rating, float expected) => Assert.Equal(expected, new RatingScale(0.5f, 4, 0.5f).Nearest(rating));
}

using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class RatingMetricsTests
{
    // Errors 1, −2, 0, 1: squares 1 + 4 + 0 + 1 = 6, absolute 4.
    private static readonly float[] Predicted = [5, 2, 3, 4], Actual = [4, 4, 3, 3];

    [Fact]
    public void ErrorsWorkedByHand()
    {
        Assert.Equal(Math.Sqrt(6 / 4.0), RatingMetrics.Rmse(Predicted, Actual), 12);
        Assert.Equal(1, RatingMetrics.Mae(Predicted, Actual), 12);
    }

    [Fact]
    public void LikesWorkedByHand()
    {
        // At 4 of 5: said yes to 1 and 4, true are 1 and 2. One hit, one false alarm, one miss, one rightly left.
        var likes = RatingMetrics.Likes(Predicted, Actual, 4);
        Assert.Equal(new Confusion(1, 1, 1, 1), likes);
        Assert.Equal((0.5, 0.5, 0.5, 0.5, 0.5), (likes.Accuracy, likes.Precision, likes.Recall, likes.F1, likes.FalsePositiveRate));
    }

    [Fact]
    public void RatesOfUnequalCountsWorkedByHand()
    {
        var counts = new Confusion(TruePositives: 6, FalsePositives: 2, TrueNegatives: 9, FalseNegatives: 3);
        Assert.Equal(15 / 20.0, counts.Accuracy, 12);
        Assert.Equal(6 / 8.0, counts.Precision, 12);
        Assert.Equal(6 / 9.0, counts.Recall, 12);
        Assert.Equal(12 / 17.0, counts.F1, 12);
        Assert.Equal(2 / 11.0, counts.FalsePositiveRate, 12);
        Assert.Equal(counts.F1, 2 / (1 / counts.Precision + 1 / counts.Recall), 12);
    }

    [Fact]
    public void NothingSaidYesToHasPrecisionZero()
    {
        var none = Confusion.Of([1, float.NaN], 4, [true, false]);
        Assert.Equal((0.0, 0.0, 0.0, 0.5), (none.Precision, none.Recall, none.F1, none.Accuracy));
    }

    [Fact]
    public void MistakesAreExplained()
    {
        Assert.Contains("2 predictions for 1", Assert.Throws<ArgumentException>(() => RatingMetrics.Rmse([1, 2], [1])).Message);
        Assert.Contains("nothing to measure", Assert.Throws<ArgumentException>(() => RatingMetrics.Mae([], [])).Message);
    }
}

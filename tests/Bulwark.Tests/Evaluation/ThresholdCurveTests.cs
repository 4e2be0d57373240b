using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class ThresholdCurveTests
{
    // Scores .9 + · .8 − · .7 + and − tied · .1 −: two positives, three negatives.
    private static readonly float[] Scores = [0.7f, 0.9f, 0.1f, 0.8f, 0.7f];
    private static readonly bool[] Labels = [true, true, false, false, false];

    [Fact]
    public void RocWorkedByHand()
    {
        var roc = ThresholdCurve.Roc(Scores, Labels);
        Assert.Equal(
        [
            new(0, 0, float.PositiveInfinity), new(0, 1 / 2.0, 0.9f), new(1 / 3.0, 1 / 2.0, 0.8f), new(2 / 3.0, 1, 0.7f), new(1, 1, 0.1f),
        ], roc.Points);
        Assert.Equal((3 + 1.5) / 6, roc.Area, 12);           // .9 beats all three; .7 beats one and ties one
    }

    [Fact]
    public void PrecisionRecallWorkedByHand()
    {
        var curve = ThresholdCurve.PrecisionRecall(Scores, Labels);
        Assert.Equal([new(0.5, 1, 0.9f), new(0.5, 0.5, 0.8f), new(1, 0.5, 0.7f), new(1, 2 / 5.0, 0.1f)], curve.Points);
        Assert.Equal(0.5 * 1 + 0.5 * 0.5, curve.Area, 12);   // recall ½ at precision 1, then ½ more at precision ½
    }

    [Fact]
    public void RocAreaIsTheChanceThatAPositiveWins()
    {
        var rng = new Rng(1);
        for (var trial = 0; trial < 50; trial++)
        {
            var (scores, labels) = Sample(rng, 20, () => rng.Next(6));
            var (won, pairs) = (0.0, 0);
            for (var i = 0; i < 20; i++)
                for (var j = 0; j < 20; j++)
                    if (labels[i] && !labels[j]) (won, pairs) = (won + (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0), pairs + 1);
            Assert.Equal(won / pairs, ThresholdCurve.Roc(scores, labels).Area, 12);
            Assert.Equal(1 - won / pairs, ThresholdCurve.Roc([.. scores.Select(s => -s)], labels).Area, 12);
        }
    }

    [Fact]
    public void AveragePrecisionWithoutTiesIsMapOfOneList()
    {
        var rng = new Rng(2);
        var (scores, labels) = Sample(rng, 30, rng.NextSingle);
        var relevant = Enumerable.Range(0, 30).Where(i => labels[i]);
        var map = FullRanking.Evaluate(new TableModel(scores), UserRows.Of([relevant]), UserRows.Of([[]]), [RankingMetrics.MeanAveragePrecision(30)]);
        Assert.Equal(map["map@30"], ThresholdCurve.PrecisionRecall(scores, labels).Area, 12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(60)]
    public void ThinnedCurvesKeepTheirEndsAndTheirArea(int points)
    {
        var (scores, labels) = Sample(new Rng(3), 3000, new Rng(4).NextSingle);
        var whole = ThresholdCurve.Roc(scores, labels, int.MaxValue);
        var thin = ThresholdCurve.Roc(scores, labels, points);
        Assert.True(whole.Points.Count == 3001 && thin.Points.Count == points);
        Assert.Equal(whole.Area, thin.Area);
        Assert.Equal((whole.Points[0], whole.Points[^1]), (thin.Points[0], thin.Points[^1]));
        Assert.Equal(thin.Points.OrderBy(point => point.X).ThenBy(point => point.Y), thin.Points);
        Assert.Subset(whole.Points.ToHashSet(), thin.Points.ToHashSet());
    }

    [Fact]
    public void ThinningKeepsTheHull()
    {
        // A threshold that is best for some price of false alarms is on the upper hull: for every price the best value survives.
        var rng = new Rng(5);
        var (scores, labels) = Sample(rng, 3000, rng.NextSingle);
        for (var i = 0; i < scores.Length; i++) scores[i] += labels[i] ? 0.5f : 0;
        foreach (var (whole, thin) in new[]
        {
            (ThresholdCurve.Roc(scores, labels, int.MaxValue), ThresholdCurve.Roc(scores, labels, 100)),
            (ThresholdCurve.PrecisionRecall(scores, labels, int.MaxValue), ThresholdCurve.PrecisionRecall(scores, labels, 100)),
        })
            for (var price = -3.0; price < 3; price += 0.01)
                Assert.Equal(whole.Points.Max(p => p.Y - price * p.X), thin.Points.Max(p => p.Y - price * p.X), 12);
    }

    [Fact]
    public void OneKindOfLabelIsRefused()
    {
        Assert.Contains("both kinds", Assert.Throws<ArgumentException>(() => ThresholdCurve.Roc([1, 2], [true, true])).Message);
        Assert.Contains("needs one", Assert.Throws<ArgumentException>(() => ThresholdCurve.PrecisionRecall([1, 2], [false, false])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdCurve.Roc(Scores, Labels, 1));
    }

    private static (float[] Scores, bool[] Labels) Sample(Rng rng, int count, Func<float> score)
    {
        var labels = Enumerable.Range(0, count).Select(i => i < 2 ? i == 0 : rng.Next(3) == 0).ToArray();
        return ([.. Enumerable.Range(0, count).Select(_ => score())], labels);
    }
}

using Bulwark.Evaluation.Charts;

namespace Bulwark.Tests.Evaluation.Charts;

public class ChartScaleTests
{
    // 0.0884 / 5 = 0.01768, the nearest of 1, 2, 5 times a power of ten is 0.02; the axis ends on 0.10.
    [Theory]
    [InlineData(0, 0.0884, new[] { 0, 0.02, 0.04, 0.06, 0.08, 0.1 }, new[] { "0", "0.02", "0.04", "0.06", "0.08", "0.10" })]
    [InlineData(0, 3, new[] { 0, 0.5, 1, 1.5, 2, 2.5, 3 }, new[] { "0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0" })]
    [InlineData(0.9, 1.05, new[] { 0.9, 0.92, 0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06 }, null)]
    [InlineData(-7, 12, new double[] { -10, -5, 0, 5, 10, 15 }, null)]
    [InlineData(0, 48000, new double[] { 0, 10000, 20000, 30000, 40000, 50000 }, new[] { "0", "10k", "20k", "30k", "40k", "50k" })]
    public void LinearTicksAreRound(double min, double max, double[] ticks, string[]? labels)
    {
        var scale = ChartScale.Linear(min, max, 0, 100);
        Assert.Equal(ticks, scale.Ticks);
        Assert.Equal((ticks[0], ticks[^1]), (scale.Min, scale.Max));
        if (labels is not null) Assert.Equal(labels, scale.Ticks.Select(scale.Label));
    }

    [Fact]
    public void AnAxisThatIsNotRoundedKeepsItsEnds()
    {
        var scale = ChartScale.Linear(1, 300, 0, 100, round: false);
        Assert.Equal([50d, 100, 150, 200, 250, 300], scale.Ticks);
        Assert.Equal((1, 300), (scale.Min, scale.Max));
    }

    [Theory]
    [InlineData(3, 800, new double[] { 2, 5, 10, 20, 50, 100, 200, 500, 1000 })]       // 2.4 decades
    [InlineData(0.003, 500, new[] { 0.001, 0.01, 0.1, 1, 10, 100, 1000 })]             // 5.2 decades
    [InlineData(1, 100, new double[] { 1, 2, 5, 10, 20, 50, 100 })]
    public void LogarithmicTicksArePowersOfTenAndPartsOfThem(double min, double max, double[] ticks) =>
        Assert.Equal(ticks, ChartScale.Log(min, max, 0, 100).Ticks);

    [Fact]
    public void MapsLinearlyAndLogarithmically()
    {
        Assert.Equal(125, ChartScale.Linear(0, 10, 100, 200).Map(2.5), 12);
        Assert.Equal(175, ChartScale.Linear(0, 10, 200, 100).Map(2.5), 12);              // an axis that goes up
        Assert.Equal(150, ChartScale.Log(1, 100, 100, 200).Map(10), 12);
    }

    [Theory]
    [InlineData(0, 0), InlineData(0.5, 0.5), InlineData(-3, -3), InlineData(double.NaN, double.NaN)]
    public void ASingleValueStillHasAnAxis(double min, double max)
    {
        var scale = ChartScale.Linear(min, max, 0, 100);
        Assert.True(scale.Max > scale.Min);
        Assert.True(scale.Ticks.Count > 1);
    }

    [Fact]
    public void ALogarithmOfZeroIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ChartScale.Log(0, 1, 0, 1));
}

using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class ControlChartTests
{
    /// <summary>Of 1 … 9 the median is 5 and the median distance 2, 2.9652 in deviations; three of them are 8.8956.</summary>
    [Fact]
    public void TheBandIsThreeDeviationsAroundTheMedian()
    {
        var chart = Remembering(1, 2, 3, 4, 5, 6, 7, 8, 9);
        var (low, high) = (chart.Judge(0, 0.1, -1), chart.Judge(14, 0.1, 1));
        Assert.Equal((5, 5 - 8.8956), (low.Usual, low.Bound));
        Assert.Equal(5 + 8.8956, high.Bound, 9);
        Assert.True(high.IsOut && !low.IsOut);
        Assert.Equal(5 + 8.8956 / 2, chart.Judge(14, 0.1, 1, windows: 4).Bound, 9);
    }

    [Fact]
    public void TheBandIsNotNarrowerThanNoise() => Assert.Equal(1 + 3 * 0.5, Remembering(1, 1, 1, 1, 1, 1, 1, 1).Judge(1, 0.5, 1).Bound);

    [Fact]
    public void FewWindowsSayNothing()
    {
        var reading = Remembering(1, 2, 3, 4, 5, 6, 7).Judge(1000, 0, 1);
        Assert.True(double.IsNaN(reading.Bound) && !reading.IsOut);
    }

    [Fact]
    public void WhatIsLongPastIsForgotten() =>
        Assert.Equal(5, Remembering([.. Enumerable.Repeat(900.0, 30), .. Enumerable.Repeat(5.0, 20)]).Judge(5, 1, 1).Usual);

    private static ControlChart Remembering(params double[] values)
    {
        var chart = new ControlChart(20);
        foreach (var value in values) chart.Remember(value);
        return chart;
    }
}

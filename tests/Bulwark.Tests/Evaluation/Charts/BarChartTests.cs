using System.Xml.Linq;
using Bulwark.Evaluation.Charts;

namespace Bulwark.Tests.Evaluation.Charts;

public class BarChartTests
{
    private static XElement Draw(BarChart chart)
    {
        var writer = new StringWriter();
        chart.Write(writer);
        return XElement.Parse(writer.ToString());
    }

    [Fact]
    public void BarsStandOnZeroAndAreAsHighAsTheirValues()
    {
        // Plot 30..130; values to 4, so ticks 0..4 by 1 and 25 for each unit.
        var bars = Draw(new("count", "items", [("1", 4), ("2–3", 1), ("4–7", 0)]) { PlotHeight = 100 }).Descendants("rect").ToList();
        Assert.Equal(["100", "25", "0"], bars.Select(bar => bar.Attribute("height")!.Value));
        Assert.Equal(["30", "105", "130"], bars.Select(bar => bar.Attribute("y")!.Value));
        Assert.Equal(["1: 4", "2–3: 1", "4–7: 0"], bars.Select(bar => bar.Value));
    }

    [Fact]
    public void LabelsThatWouldTouchAreLeftOutEvenly()
    {
        var names = Enumerable.Range(0, 30).Select(i => $"{1000 + i}").ToList();
        var svg = Draw(new("count", "items", [.. names.Select(name => (name, 1d))]));
        var shown = svg.Elements("text").Select(text => text.Value).Intersect(names).Select(int.Parse).ToList();
        var stride = shown[1] - shown[0];
        Assert.InRange(stride, 2, 6);
        Assert.All(shown, label => Assert.Equal(0, (label - 1000) % stride));
    }

    [Fact]
    public void NoBarIsAnError() => Assert.Throws<InvalidOperationException>(() => Draw(new("", "", [])));
}

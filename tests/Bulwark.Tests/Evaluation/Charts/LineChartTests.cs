using System.Globalization;
using System.Xml.Linq;
using Bulwark.Evaluation.Charts;

namespace Bulwark.Tests.Evaluation.Charts;

public class LineChartTests
{
    private static XElement Draw(LineChart chart)
    {
        var writer = new StringWriter();
        chart.Write(writer);
        return XElement.Parse(writer.ToString());
    }

    private static LineChart Chart(params ChartSeries[] series) => new(new("ε"), new("recall"), series);

    private static List<XElement> OfClass(XElement svg, string name) => [.. svg.Descendants().Where(element => (string?)element.Attribute("class") == name)];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    [Fact]
    public void ALineGoesWhereItsNumbersSay()
    {
        // No title; one line of heading (6 + 16) and 8 of air: the plot is 30..230. Ticks 0.0 .. 1.0 by 0.2; the widest label is "0.0":
        // 0.62 + 0.38 + 0.62 em of 12 = 19.44, and 6 of air: left 25.44. Right 400 − 12 = 388. x: 0 → 25.44, 1 → 206.72, 2 → 388.
        // y: 0 → 230, 1 → 30, 0.5 → 130.
        var svg = Draw(Chart(new ChartSeries("m", [new(0, 1), new(1, 0.5), new(2, 0)], 0)) with { PlotHeight = 200 });
        Assert.Equal("M25.44 30L206.72 130L388 230", OfClass(svg, "line").Single().Attribute("d")!.Value);
        Assert.Equal("0 0 400 272", svg.Attribute("viewBox")!.Value);
        Assert.Equal(["M25.44 230H388", "M25.44 190H388", "M25.44 150H388", "M25.44 110H388", "M25.44 70H388", "M25.44 30H388"],
            OfClass(svg, "grid").Select(line => line.Attribute("d")!.Value));
    }

    [Fact]
    public void PointsThatAreNotJoinedAllHaveMarkersAndNoLine()
    {
        var series = new ChartSeries("m", [.. Enumerable.Range(0, 40).Select(n => new ChartPoint(n * 7 % 40, n))], 0) { Joined = false };
        var svg = Draw(Chart(series));
        Assert.Empty(OfClass(svg, "line"));
        Assert.Equal(40, OfClass(svg, "mark").Count);
        Assert.Single(OfClass(Draw(Chart(series with { Joined = true })), "line"));
    }

    [Fact]
    public void AMissingValueBreaksTheLine() =>
        Assert.Equal(2, OfClass(Draw(Chart(new ChartSeries("m", [new(0, 1), new(1, 1), new(2, double.NaN), new(3, 1), new(4, 1)], 0))), "line")
            .Single().Attribute("d")!.Value.Count(c => c == 'M'));

    [Fact]
    public void SpreadIsBarsOnAFewPointsAndABandOnMany()
    {
        ChartSeries Line(int points) => new("m", [.. Enumerable.Range(0, points).Select(x => new ChartPoint(x, 1, 0.25))], 0);
        Assert.Equal(3, OfClass(Draw(Chart(Line(3))), "error").Count);
        var many = Draw(Chart(Line(40)));
        Assert.Empty(OfClass(many, "error"));
        Assert.EndsWith("z", OfClass(many, "band").Single().Attribute("d")!.Value);
    }

    [Fact]
    public void BarsReachOneSpreadUpAndDown()
    {
        // y from 0 (230) to 1 (30): 0.5 ± 0.25 reaches from 180 to 80.
        var svg = Draw(Chart(new ChartSeries("m", [new(0, 1), new(2, 0.5, 0.25)], 0)) with { PlotHeight = 200 });
        Assert.Equal("M385 180h6m-3 0V80m-3 0h6", OfClass(svg, "error").Single().Attribute("d")!.Value);
    }

    [Fact]
    public void NamesAtTheEndsKeepTheirDistanceAndOrder()
    {
        var svg = Draw(Chart([.. Enumerable.Range(0, 6).Select(i => new ChartSeries($"m{i}", [new(0, 1), new(1, 0.5 + 0.001 * i)], i))]));
        var places = OfClass(svg, "name").ToDictionary(text => text.Value, text => Number(text, "y"));
        for (var i = 1; i < 6; i++) Assert.Equal(14, places[$"m{i - 1}"] - places[$"m{i}"], 2);     // a higher line has the higher name
        Assert.All(places.Values, y => Assert.InRange(y, 30, 230));
    }

    [Fact]
    public void NamesStayInsideThePlotAtItsFoot()
    {
        // All lines end at 0, the foot: four names stand at the foot and above it.
        var svg = Draw(Chart([.. Enumerable.Range(0, 4).Select(i => new ChartSeries($"m{i}", [new(0, 1), new(1, 0)], i))]));
        Assert.Equal([168 + 4, 182 + 4, 196 + 4, 210 + 4], OfClass(svg, "name").Select(text => Number(text, "y")).Order());
    }

    [Theory]
    [InlineData(3, "a model with quite a long name", 5)]
    [InlineData(9, "模型", 8)]
    public void NamesThatDoNotFitAtTheEndsStandInRowsWithoutOverlap(int count, string name, int lastX)
    {
        // Lines that end apart, or names wider than a third of the drawing.
        var svg = Draw(Chart([.. Enumerable.Range(0, count).Select(i => new ChartSeries($"{name} {i}", [new(0, 1), new(lastX + i, 0.5)], i))]));
        var texts = OfClass(svg, "name").Select(text => (X: Number(text, "x"), Y: Number(text, "y"), text.Value)).ToList();
        Assert.Equal(count, texts.Count);
        var perCharacter = name == "模型" ? 12 : 5.5;
        foreach (var row in texts.GroupBy(text => text.Y))
        {
            Assert.True(row.Max(text => text.X + name.Length * perCharacter) <= 400);
            var starts = row.Select(text => text.X).Order().ToList();
            foreach (var (a, b) in starts.Zip(starts.Skip(1))) Assert.True(b >= a + name.Length * perCharacter + 26);
        }
        var plotTop = OfClass(svg, "grid").Min(line => double.Parse(line.Attribute("d")!.Value.Split(' ', 'H')[1], CultureInfo.InvariantCulture));
        Assert.All(texts, text => Assert.True(text.Y < plotTop));
    }

    [Fact]
    public void SeriesDifferInColorDashAndMarker()
    {
        var svg = Draw(Chart([.. Enumerable.Range(0, 36).Select(i => new ChartSeries($"m{i}", [new(0, i), new(1, i)], i))]));
        var lines = svg.Elements("g").Where(group => OfClass(group, "line").Count == 1 && group.Element("text") is null);
        var looks = lines.Select(group => (Color: (string?)group.Attribute("class"), Dash: (string?)OfClass(group, "line")[0].Attribute("stroke-dasharray"),
            Marker: (string?)OfClass(group, "mark")[0].Attribute("d"))).ToList();
        Assert.Equal(36, looks.Count);
        Assert.Equal(36, looks.Distinct().Count());
    }

    [Fact]
    public void ALogarithmicAxisLeavesOutWhatHasNoLogarithm()
    {
        var chart = new LineChart(new("epoch"), new("loss") { Log = true }, [new("m", [new(1, 100), new(2, 0), new(3, 1)], 0)]) { PlotHeight = 200 };
        // 1 (230) to 100 (30): the 0 breaks the line, so there are two pieces of one point.
        var path = OfClass(Draw(chart), "line").Single().Attribute("d")!.Value;
        Assert.Matches(@"^M[\d.]+ 30M388 230$", path);
    }

    [Fact]
    public void TextIsEncodedAndDescribed()
    {
        var chart = Chart(new ChartSeries("<script>", [new(0, 1, 0.1)], 0), new ChartSeries("b", [new(0, 1)], 1));
        var svg = Draw(chart with { Title = "PGD", Description = "A & B" });
        Assert.Equal("PGD. A & B", svg.Attribute("aria-label")!.Value);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Contains(svg.Descendants("title"), title => title.Value == "<script>: 1 ± 0.1 at 0");
    }

    [Fact]
    public void NothingToDrawIsAnError() =>
        Assert.Throws<InvalidOperationException>(() => Draw(Chart(new ChartSeries("m", [new(0, double.NaN)], 0))));
}

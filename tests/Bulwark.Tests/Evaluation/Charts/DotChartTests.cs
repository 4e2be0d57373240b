using System.Xml.Linq;
using Bulwark.Evaluation.Charts;

namespace Bulwark.Tests.Evaluation.Charts;

public class DotChartTests
{
    [Fact]
    public void MarkersStandAtTheirValuesInTheirLines()
    {
        var writer = new StringWriter();
        new DotChart(["clean", "PGD"], "recall", [new("m", [new(0, 1), new(1, 0.5, 0.25)], 0), new("n", [new(1, double.NaN)], 1)]).Write(writer);
        var svg = XElement.Parse(writer.ToString());

        // Heading 6, one row of legend 16, 8 of air: lines at 30 + 13 and 30 + 39. The widest name, "clean", takes
        // (0.62·4 + 0.38)·12 = 34.32 and 10 of air: 44.32 is 0 and 388 is 1, so 0.5 is at 216.16; ± 0.25 is 85.92 to each side.
        var marks = svg.Descendants("path").Where(path => path.Element("title") is not null).ToList();
        Assert.Equal(["translate(388 43)", "translate(216.16 69)"], marks.Select(mark => mark.Attribute("transform")!.Value));
        Assert.Equal("m: 0.5 ± 0.25 at PGD", marks[1].Value);
        Assert.Equal("M130.24 69H302.08", svg.Descendants("path").Single(path => (string?)path.Attribute("class") == "error").Attribute("d")!.Value);
    }

    [Fact]
    public void RoomIsMadeForTheLeastValue()
    {
        string Draw(double? min)
        {
            var writer = new StringWriter();
            new DotChart(["a", "b"], "share", [new("m", [new(0, 90), new(1, 100)], 0)]) { Min = min }.Write(writer);
            return writer.ToString();
        }

        Assert.DoesNotContain(">0</text>", Draw(null));
        Assert.Contains(">0</text>", Draw(0));
        Assert.DoesNotContain(">m</text>", Draw(0));                                                                   // a single series needs no legend
    }
}

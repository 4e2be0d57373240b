using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;

namespace Bulwark.Tests.Evaluation.Html;

public class HtmlReportTests
{
    private static readonly string Page = Render(ReportSample.Report(), ReportSample.Profile());

    /// <summary>The page; also written to the file that BULWARK_SAMPLE_PAGE names, to be looked at.</summary>
    private static string Render(Report report, DataProfileView? profile, bool keep = true)
    {
        var writer = new StringWriter();
        HtmlReport.Write(report, profile, writer);
        if (keep && Environment.GetEnvironmentVariable("BULWARK_SAMPLE_PAGE") is { } path) File.WriteAllText(path, writer.ToString());
        return writer.ToString();
    }

    private static XElement Parse(string page) => XDocument.Parse(page["<!DOCTYPE html>".Length..]).Root!;

    private static XElement Section(XElement html, string id) => html.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    private static List<List<string>> Cells(XElement table) =>
        [.. table.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToList())];

    [Fact]
    public void EverySectionIsThereAndLinked()
    {
        var html = Parse(Page);                             // well-formed, so all tags are balanced
        string[] sections = ["done", "results", "separations", "curves", "tests", "norms", "training", "data", "settings", "repeat"];
        Assert.Equal(sections, html.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Equal(sections.Select(id => "#" + id), html.Descendants("a").Select(link => link.Attribute("href")!.Value));
        var ids = html.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(html.Descendants().Attributes("aria-labelledby"), label => Assert.Contains(label.Value, ids));
    }

    [Fact]
    public void NothingComesFromOutside()
    {
        Assert.DoesNotContain("http://", Page);
        Assert.DoesNotContain("https://", Page);
        Assert.DoesNotContain("url(", Page);
        Assert.DoesNotContain("@import", Page);
        Assert.DoesNotContain("<script", Page);
        Assert.All(Parse(Page).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href"),
            attribute => Assert.True(attribute.Value.StartsWith('#') || attribute.Value == "data:,", attribute.Value));
    }

    [Fact]
    public void EveryRowIsInATable()
    {
        var report = ReportSample.Report();
        var tables = Section(Parse(Page), "results").Descendants("table").ToDictionary(table => table.Descendants("b").Single().Value, Cells);
        foreach (var row in report.Rows)
        {
            var cells = tables[row.Metric];
            var column = cells[0].IndexOf(row.Model);
            var epsilon = row.Epsilon == 0 ? "" : row.Epsilon.ToString(CultureInfo.InvariantCulture);
            var cell = cells.Single(line => line[0] == row.Attack && line[1] == epsilon)[column];
            var shown = double.Parse(Regex.Match(cell, @"^[\d.]+").Value, CultureInfo.InvariantCulture);
            Assert.Equal(row.Value, shown, row.Metric == "Prediction shift" ? 4 : 5);
        }
    }

    [Fact]
    public void CellsShowSpreadAndWhatIsKept()
    {
        // APR: clean 0.0884, under PGD at ε 0.5 71% of it, 0.062764; spread 0.021 of the clean value, 0.0018564.
        var row = Section(Parse(Page), "results").Descendants("tr").First(row => row.Value.StartsWith("PGD-100.5", StringComparison.Ordinal));
        Assert.Equal("0.06276 ± 0.0018671%", row.Elements().Last().Value);
        Assert.Equal("0.06276", row.Descendants("span").Single(span => (string?)span.Attribute("class") == "best").Value);
    }

    [Fact]
    public void HeadlineAndDoubtsComeFirst()
    {
        var header = Parse(Page).Descendants("header").Single();
        Assert.Equal(ReportVerdict.Of(ReportSample.Report()).Sentence, header.Elements("p").First().Value);
        Assert.Equal(ReportSample.Report().Warnings, header.Descendants("div").Single().Descendants("li").Select(item => item.Value));
    }

    [Fact]
    public void ChartsAreImagesWithDescriptions()
    {
        var charts = Parse(Page).Descendants("svg").ToList();
        Assert.Equal(2 + 2 + 2 + 1 + 2 + 2, charts.Count);  // ROC and precision, FGSM and PGD for two metrics, poisoning, loss and validation, popularity and Lorenz
        Assert.All(charts, chart => Assert.Equal("img", chart.Attribute("role")!.Value));
        Assert.Contains(charts, chart => chart.Attribute("aria-label")!.Value.Contains("APR: 0.0884 at ε 0, 0.00884 at ε 3."));
        Assert.All(Parse(Page).Descendants("table"), table => Assert.NotNull(table.Element("caption")));
        Assert.All(Parse(Page).Descendants("th"), cell => Assert.NotNull(cell.Attribute("scope")));
    }

    [Fact]
    public void NormsAreSharesOfEpsilon()
    {
        // APR's items: mean norm 2.87; ε 0.25 is 8.7% of it and ε 3 is 105%. The poisoning budget 0.01 is not a size of rows.
        var cells = Cells(Section(Parse(Page), "norms").Descendants("table").Single());
        Assert.Equal(["Model", "Table", "Mean norm", "ε 0.25", "ε 0.5", "ε 1", "ε 2", "ε 3"], cells[0]);
        Assert.Equal(["APR", "items", "2.87", "8.7%", "17%", "35%", "70%", "105%"], cells[4]);
    }

    [Fact]
    public void DataProfileIsCountedRight()
    {
        // Sorted 0 1 1 2 16: median 1, 75% 2, mean 4; Gini = 2·(0·1+1·2+1·3+2·4+16·5)/(5·20) − 6/5 = 186/100 − 1.2 = 0.66.
        var html = Parse(Render(new Report(), new([new("Items", "5")], [16, 1, 0, 2, 1], []), keep: false));
        var data = Section(html, "data");
        Assert.Equal(["Items", "0", "1", "1", "2", "16", "16", "16", "4", "0.66"], Cells(data.Descendants("table").Single())[1]);
        Assert.Equal(["0: 1", "1: 2", "2–3: 1", "4–7: 0", "8–15: 0", "16–31: 1"], data.Descendants("rect").Select(bar => bar.Value));
        // Lorenz: shares 0, 1/20, 2/20, 4/20, 1 at 0.2 … 1.
        var points = data.Descendants("svg").Last().Descendants("title").Select(title => title.Value).Where(title => title.StartsWith("Items"));
        Assert.Equal(["Items: 0 at 0", "Items: 0 at 0.2", "Items: 0.05 at 0.4", "Items: 0.1 at 0.6", "Items: 0.2 at 0.8", "Items: 1 at 1"], points);
    }

    [Fact]
    public void NamesCannotBreakOut()
    {
        const string Evil = "<script>alert(1)</script>\"'&\u0001\ud800";
        var report = ReportSample.Report();
        var page = Render(report with
        {
            Title = Evil,
            Baseline = null,
            Summary = [Evil],
            Protocol = Evil,
            DataHash = Evil,
            Warnings = [Evil],
            Rows = [.. report.Rows.Select(row => row with { Model = row.Model + Evil, Attack = row.Attack + Evil, Metric = row.Metric + Evil })],
            Settings = [new(Evil, Evil, Evil)],
            Environment = [new(Evil, Evil)],
            Norms = [new(Evil, Evil, 1)],
            TrainingCurves = [new(Evil, [new(1, 1, 1), new(2, 1, 1)])],
            Comparisons = [new(Evil, Evil, Evil, Evil, 1, 1, 1)],
        }, new([new(Evil, Evil)], [1, 2], [1, 2]), keep: false);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("<script>alert(1)</script>\"'&\uFFFD\uFFFD", Parse(page).Value);       // and it is still shown
    }

    [Fact]
    public void AnEmptyReportIsAPage()
    {
        var html = Parse(Render(new Report(), null, keep: false));
        Assert.Equal(["repeat"], html.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Contains("Nothing was measured.", html.Value);
    }

    [Fact]
    public void NaNAndInfinityAreShownNotDrawn()
    {
        ReportRow[] rows =
        [
            new("A", "clean", 0, "r", 0.5), new("A", "pgd", 1, "r", double.NaN), new("A", "pgd", 2, "r", 0.25),
            new("B", "clean", 0, "r", double.NaN), new("B", "pgd", 1, "r", double.NaN), new("A", "cw", double.PositiveInfinity, "r", 0.1, double.NaN),
        ];
        var page = Render(new Report { Rows = rows, TrainingCurves = [new("A", [new(1, double.NaN), new(2, double.PositiveInfinity)])] }, null, keep: false);
        Assert.Contains("n/a", Section(Parse(page), "results").Value);
        Assert.DoesNotContain("NaN", page);
        Assert.DoesNotContain("Infinity", page);
    }

    [Fact]
    public void LossesFarApartAreLogarithmic()
    {
        var html = Parse(Render(new Report { TrainingCurves = [new("A", [new(1, 100), new(2, 1)])] }, null, keep: false));
        var labels = Section(html, "training").Descendants("text").Where(text => (string?)text.Attribute("text-anchor") == "end");
        Assert.Equal(["1", "2", "5", "10", "20", "50", "100"], labels.Select(text => text.Value));
    }
}

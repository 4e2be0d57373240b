using System.Xml.Linq;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;
using Bulwark.Generative;

namespace Bulwark.Tests.Evaluation.Html;

public class HtmlGamesTests
{
    /// <summary>Two generators of two epochs: one measured twice, one never.</summary>
    private static readonly ReportGame[] Games =
    [
        new("conv", [Epoch(1, 0.7, Quality(0.25, 3)), Epoch(2, 1.4, Quality(0.75, 1))]),
        new("mlp", [Epoch(1, 0.5), Epoch(2, 0.25)]),
    ];

    private static GameEpoch Epoch(int epoch, double loss, SampleQuality? quality = null) => new(epoch, loss, 2 * loss, 0.1, 0.2, 1, quality);

    private static SampleQuality Quality(double coverage, double energy) => new(coverage, 0.5, new Dictionary<string, double> { ["energy"] = energy });

    private static XElement[] Sections(Report report)
    {
        var writer = new StringWriter();
        HtmlReport.Write(report, null, writer);
        return [.. XDocument.Parse(writer.ToString()["<!DOCTYPE html>".Length..]).Descendants("section")];
    }

    private static XElement? Section(Report report, string id) => Sections(report).SingleOrDefault(section => (string?)section.Attribute("id") == id);

    private static IEnumerable<string> Titles(XElement section) =>
        section.Descendants("svg").Select(svg => svg.Descendants("text").First(text => (string?)text.Attribute("class") == "title").Value);

    [Fact]
    public void BothPlayersAndTheSamplesAreDrawn()
    {
        var section = Section(new Report { Games = Games }, "games")!;
        Assert.Equal(
            ["Critic’s loss", "Generator’s loss", "Critic’s gradient", "Generator’s gradient", "Coverage", "Duplicates", "Distance: energy"], Titles(section));
        string[] labels = [.. section.Descendants("svg").Select(svg => svg.Attribute("aria-label")!.Value)];
        Assert.Contains("conv: from 0.7 to 1.4 at epoch 2. mlp: from 0.5 to 0.25 at epoch 2.", labels[0]);
        Assert.Contains("mlp: from 1 to 0.5 at epoch 2.", labels[1]);
        Assert.EndsWith("conv: from 0.25 to 0.75 at epoch 2.", labels[4]);                     // the one that was not measured has no line
        Assert.EndsWith("conv: from 3 to 1 at epoch 2.", labels[6]);
    }

    [Fact]
    public void WithoutMeasurementsThePlayersAlone() => Assert.Equal(4, Section(new Report { Games = [Games[1]] }, "games")!.Descendants("svg").Count());

    [Fact]
    public void PicturesArePartOfThePage()
    {
        var section = Section(new Report { Pictures = [new("conv", "Ten digits", [1, 2, 3, 4])] }, "pictures")!;
        var image = section.Descendants("img").Single();
        Assert.Equal(("data:image/png;base64,AQIDBA==", "Ten digits"), (image.Attribute("src")!.Value, image.Attribute("alt")!.Value));
        Assert.Equal("conv", section.Descendants("figcaption").Single().Value);
    }

    [Fact]
    public void WithoutGamesAndPicturesThereAreNoSections() =>
        Assert.Equal(["repeat"], Sections(new Report()).Select(section => section.Attribute("id")!.Value));

    [Fact]
    public void GamesAndPicturesSurviveJson()
    {
        var report = new Report { Games = Games, Pictures = [new("conv", "", [1, 2, 255])] };
        var again = Report.FromJson(report.ToJson());
        Assert.Equal(report.ToJson(), again.ToJson());
        Assert.Equal(0.75, again.Games[0].Epochs[1].Quality!.Coverage);
        Assert.Null(again.Games[1].Epochs[0].Quality);
        Assert.Equal([1, 2, 255], again.Pictures[0].Png);
    }

    [Fact]
    public void MergedRunsKeepTheirGamesApart()
    {
        Report Run(string title, ulong seed) => new() { Title = title, Seeds = [seed], Rows = [new("conv", "clean", 0, "sure", 0.5)], Games = [Games[0]] };
        Assert.Equal(["conv (a)", "conv (b)"], Report.Merge([Run("a", 1), Run("b", 2)]).Games.Select(game => game.Model));
    }
}

using System.Xml.Linq;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;

namespace Bulwark.Tests.Evaluation.Html;

public class HtmlTuningTests
{
    private static XElement? Section(ReportTuning? tuning)
    {
        var writer = new StringWriter();
        HtmlReport.Write(ReportSample.Report() with { Tuning = tuning }, null, writer);
        return XDocument.Parse(writer.ToString()["<!DOCTYPE html>".Length..]).Descendants("section").SingleOrDefault(section => (string?)section.Attribute("id") == "tuning");
    }

    [Fact]
    public void TheCourseWhatMatteredAndEachSettingAreDrawn()
    {
        var section = Section(ReportTuningTests.Sample())!;
        Assert.Contains("3 trials (tpe)", section.Value);
        Assert.Contains("1 of them failed", section.Value);
        var titles = section.Descendants("svg").Select(svg => svg.Descendants("text").First(text => (string?)text.Attribute("class") == "title").Value);
        Assert.Equal(["The course of the search", "What mattered", "model.biases", "train.rate"], titles);             // most important first
        Assert.Equal(3, section.Descendants("table").Single().Descendants("tr").Count());                              // a header and two trials
    }

    /// <summary>Importances that explain nothing get no panel; budgets are told apart.</summary>
    [Fact]
    public void SettingsThatDoNotMatterAreLeftOutAndBudgetsAreNamed()
    {
        var sample = ReportTuningTests.Sample(budget: 0.5);
        var section = Section(sample with { Settings = [sample.Settings[0] with { Importance = 0.01 }, sample.Settings[1]] })!;
        Assert.Equal(3, section.Descendants("svg").Count());
        Assert.Contains("50% of the epochs", section.Value);
    }

    [Fact]
    public void WithoutTuningThereIsNoSection() => Assert.Null(Section(null));
}

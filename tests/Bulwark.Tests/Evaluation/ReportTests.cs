using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public class ReportTests
{
    [Fact]
    public void EverythingSurvivesJson()
    {
        var report = ReportSample.Report();
        var again = Report.FromJson(report.ToJson());
        Assert.Equal(report.ToJson(), again.ToJson());
        Assert.Equal(report.Rows, again.Rows);
        Assert.Equal(report.TrainingCurves[3].Epochs, again.TrainingCurves[3].Epochs);
        Assert.Equal((report.Elapsed, report.Started, report.Baseline), (again.Elapsed, again.Started, again.Baseline));
        Assert.Equal(report.Separations[0].PrecisionRecall, again.Separations[0].PrecisionRecall);
        Assert.Equal(report.Norms[0].Epsilons, again.Norms[0].Epsilons);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(0.1), InlineData(1e-300), InlineData(-0.0)]
    public void EveryNumberSurvivesJson(double value)
    {
        var row = new ReportRow("m", "a", value, "r", value, value);
        Assert.Equal(row, Report.FromJson(new Report { Rows = [row] }.ToJson()).Rows.Single());
    }

    [Fact]
    public void JsonHasTheNamesThatWereAgreed()
    {
        var json = new Report { Rows = [new("BPR", "pgd", 0.5, "Recall@10", 0.25), new("推荐", "pgd", 0.5, "Recall@10", 0.5, 0.125, 3)] }.ToJson();
        var rows = System.Text.Json.Nodes.JsonNode.Parse(json)!["rows"]!;
        Assert.Equal("""{"model":"BPR","attack":"pgd","epsilon":0.5,"metric":"Recall@10","value":0.25}""", rows[0]!.ToJsonString());
        Assert.Equal(["model", "attack", "epsilon", "metric", "value", "std", "seeds"], rows[1]!.AsObject().Select(pair => pair.Key));
        Assert.Contains("推荐", json);
    }

    [Fact]
    public void RowsAloneAreAReport()
    {
        var report = Report.FromJson("""{"rows":[{"model":"m","attack":"clean","epsilon":0,"metric":"r","value":1}],"fromAnotherVersion":1}""");
        Assert.Single(report.Rows);
        Assert.Equal("Report", report.Title);
        Assert.Empty(report.Warnings);
    }

    [Theory]
    [InlineData("""{"rows":[{"model":"m","attack":"clean","epsilon":0,"metric":"r"}]}""")]          // no value: must not read as 0
    [InlineData("""{"rows":[{"model":null,"attack":"clean","epsilon":0,"metric":"r","value":1}]}""")]
    [InlineData("""{"rows":null}""")]
    [InlineData("null")]
    [InlineData("{\n\"rows\": oops")]
    public void WhatIsNotAReportIsRefusedByName(string json)
    {
        var error = Assert.Throws<InvalidDataException>(() => Report.FromJson(json, "runs/7/results.json"));
        Assert.StartsWith("runs/7/results.json", error.Message);
    }

    [Fact]
    public void ErrorsNameTheLine() =>
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => Report.FromJson("{\n\"rows\": oops")).Message);
}

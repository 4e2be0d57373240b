using System.Xml.Linq;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;

namespace Bulwark.Tests.Evaluation.Html;

public class HtmlReportTests
{
    private static readonly string Page = Render(ReportSample.Report(), ReportSample.Profile());

    private static string Render(Report report, DataProfileView? profile)
    {
        var writer = new StringWriter();
        HtmlReport.Write(report, profile, writer);
        if (Environment.GetEnvironmentVariable("BULWARK_SAMPLE_PAGE") is { } path && profile is not null) File.WriteAllText(path, writer.ToString());
        return writer.ToString();
    }

    private static XElement Parse(string page) => XDocument.Parse(page["<!DOCTYPE html>".Length..]).Root!;

    [Fact]
    public void IsWellFormed() => Assert.Equal("html", Parse(Page).Name.LocalName);
}

using System.Xml.Linq;
using Bulwark.Evaluation;
using Bulwark.Server.Dashboard;
using Bulwark.Server.Monitoring;
using Bulwark.Server.Tests.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests.Dashboard;

public sealed class DashboardPageTests
{
    private static readonly string[] Sections = ["server", "traffic", "alarms", "surges", "suspects"];
    private static readonly MonitorReport Busy = Watch();

    [Fact]
    public void EverySectionIsThereAndNamed()
    {
        var html = Parse(Render(Busy));
        Assert.Equal(Sections, html.Descendants("section").Select(section => section.Attribute("id")!.Value));
        var ids = html.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(html.Descendants().Attributes("aria-labelledby"), label => Assert.Contains(label.Value, ids));
        Assert.All(html.Descendants("svg"), chart => Assert.NotEmpty(chart.Attribute("aria-label")!.Value));
        Assert.Equal(6, html.Descendants("svg").Count());
    }

    [Fact]
    public void EveryAlarmSuspectAndSurgeIsShown()
    {
        Assert.NotEmpty(Busy.Alarms);
        var html = Parse(Render(Busy));
        Assert.All(Busy.Alarms, alarm => Assert.Contains(alarm.Sentence(row => $"item {row}", row => $"user {row}"), Text(html, "alarms")));
        Assert.All(Busy.Suspects, suspect => Assert.Contains($"user {suspect.User}", Text(html, "suspects")));
        Assert.All(Busy.Surges, surge => Assert.Contains($"item {surge.Item}", Text(html, "surges")));
        Assert.Contains("Somebody may be at work", html.Value);
    }

    [Fact]
    public void AServerThatHasSeenNothingHasAPage()
    {
        var html = Parse(Render(MonitorReport.Empty));
        Assert.Equal(Sections, html.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Empty(html.Descendants("svg"));
        Assert.Contains("No window of events is over yet", html.Value);
    }

    [Fact]
    public void AServerWithOneWindowHasAPage()
    {
        var traffic = new Traffic(1);
        var monitor = new TrafficMonitor(traffic.Train(5000), new() { WindowEvents = 250 }, new Rng(1));
        monitor.Observe(traffic.Next(250));
        Assert.Contains("Nothing is out of the ordinary", Parse(Render(monitor.Report())).Value);
    }

    /// <summary>Ids come from outside. None of them becomes markup, and the page stays well-formed.</summary>
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("&lt;b&gt; </td></tr></table></section>")]
    [InlineData("]]><!-- \u0000\u0008\uD800 \u202E")]
    public void HostileIdsStayText(string id)
    {
        var page = Render(Busy, id);
        var (hostile, harmless) = (Parse(page), Parse(Render(Busy, "x")));
        Assert.Equal(Names(harmless), Names(hostile));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<img", page);

        static IEnumerable<string> Names(XElement html) =>
            html.DescendantsAndSelf().Select(element => $"{element.Name} {string.Join(' ', element.Attributes().Select(attribute => attribute.Name))}");
    }

    [Fact]
    public void NothingComesFromOutside()
    {
        var page = Render(Busy);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("url(", page);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("default-src 'none'", Meta(page, "Content-Security-Policy"));
    }

    [Fact]
    public void ItLoadsItselfAgainWhereThatIsWanted()
    {
        Assert.Equal("30", Meta(Render(Busy), "refresh"));
        Assert.Null(Meta(Render(Busy, refresh: null), "refresh"));
    }

    private static string? Meta(string page, string name) =>
        Parse(page).Descendants("meta").SingleOrDefault(meta => (string?)meta.Attribute("http-equiv") == name)?.Attribute("content")!.Value;

    /// <summary>Twenty honest windows and one in which a ring acts.</summary>
    private static MonitorReport Watch()
    {
        var traffic = new Traffic(2);
        var monitor = new TrafficMonitor(traffic.Train(20_000), new() { WindowEvents = 250 }, new Rng(2));
        monitor.Observe(traffic.Next(5000));
        monitor.Observe(traffic.With(250, [.. Enumerable.Range(500, 15)], [250, 260, 270]));
        monitor.Observe(traffic.Next(80));
        return monitor.Report();
    }

    private static string Render(MonitorReport report, string? id = null, int? refresh = 30)
    {
        ReportFact[] facts =
        [
            new("Model", id ?? "mf, 16 dimensions"), new("Trained on", "20,000 events of 400 users and 300 items"),
            new("Events", "5,330 since 2024-05-01 08:00 UTC"), new("Users", "415"), new("Items", "300"),
            new("Updates", "21, the last at 2024-05-04 12:10 UTC; 15 accounts held out"),
        ];
        var writer = new StringWriter();
        var state = new DashboardState(id ?? "Bulwark", facts, report, row => id ?? $"item {row}", row => id ?? $"user {row}")
        {
            Refresh = refresh is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        DashboardPage.Write(state, writer);
        if (id is null && Environment.GetEnvironmentVariable("BULWARK_SAMPLE_PAGE") is { } path)
            File.WriteAllText($"{path}.{report.Windows.Count}.html", writer.ToString());         // to be looked at
        return writer.ToString();
    }

    private static XElement Parse(string page) => XDocument.Parse(page["<!DOCTYPE html>".Length..]).Root!;

    private static string Text(XElement html, string id) => html.Descendants("section").Single(section => (string?)section.Attribute("id") == id).Value;
}

using System.Globalization;
using Bulwark.Evaluation.Html;
using Bulwark.Server.Monitoring;
using static Bulwark.Evaluation.ReportNumber;

namespace Bulwark.Server.Dashboard;

/// <summary>
/// The state of a server as one HTML page: no scripts, no other files, light and dark. The page is well-formed XML as well, and every text in it is encoded,
/// since ids come from outside.
/// </summary>
public static class DashboardPage
{
    private const int Recent = 4, MostRows = 50;             // windows whose alarms stand at the top; rows of a table

    /// <summary>Writes the page.</summary>
    /// <param name="state">What to show.</param>
    /// <param name="writer">Where the page goes; it must write UTF-8.</param>
    public static void Write(DashboardState state, TextWriter writer)
    {
        HtmlPage.Write(writer, state.Title, page =>
        {
            WriteHeader(page, state);
            using (page.Section("server", "Server")) page.Facts(state.Facts);
            using (page.Section("traffic", "Traffic")) DashboardCharts.Write(page, state.Report.Windows);
            using (page.Section("alarms", "Alarms")) WriteAlarms(page, state);
            using (page.Section("surges", "Items in surge")) WriteSurges(page, state);
            using (page.Section("suspects", "Suspects")) WriteSuspects(page, state);
        }, state.Refresh);
    }

    private static void WriteHeader(HtmlPage page, DashboardState state)
    {
        var (markup, report) = (page.Markup, state.Report);
        var last = report.Windows.Count > 0 ? report.Windows[^1] : null;
        Alarm[] recent = last is null ? [] : [.. report.Alarms.Where(alarm => last.Number - alarm.Window < Recent)];
        using (markup.Element("header"))
        {
            markup.Leaf("h1", state.Title);
            markup.Leaf("p", Verdict(report, last, recent), ("class", "verdict"));
            markup.Leaf("p", Progress(report, last), ("class", "lede"));
            if (recent.Length > 0)
                using (markup.Element("div", ("class", "alert"), ("role", "status"), ("aria-labelledby", "recent-heading")))
                {
                    markup.Leaf("h2", "Raised in the newest windows", ("id", "recent-heading"));
                    page.List(recent.Reverse().OrderByDescending(alarm => alarm.IsAttack).Select(alarm => alarm.Sentence(state.Item, state.User)));
                }
        }
    }

    private static string Verdict(MonitorReport report, MonitorWindow? last, Alarm[] recent) => (last, recent) switch
    {
        (null, _) => "No window of events is over yet.",
        (_, []) when report.Suspects.Count > 0 => $"Nothing new is out of the ordinary; {Count(report.Suspects.Count, "account")} under suspicion.",
        (_, []) => "Nothing is out of the ordinary.",
        _ when recent.Any(alarm => alarm.IsAttack) => $"Somebody may be at work: {Count(report.Suspects.Count, "account")} under suspicion.",
        _ => "What people take is changing.",
    };

    private static string Progress(MonitorReport report, MonitorWindow? last)
    {
        var open = $"{Count(report.OpenEvents, "event")} in the window that is open, {Whole(report.Events)} in all.";
        return last is null ? open : $"Window {last.Number} ended {Time(last.To)} UTC. {open}";
    }

    private static void WriteAlarms(HtmlPage page, DashboardState state)
    {
        if (state.Report.Alarms.Count == 0)
        {
            page.Paragraph("None so far.");
            return;
        }
        page.Table("Newest first", "Each is raised when it begins.", new(
            ["Raised (UTC)", "Window", "About", "What is wrong, and what to do"],
            [.. state.Report.Alarms.Reverse().Take(MostRows).Select(alarm => (string[])
                [Time(alarm.Time), Text(alarm.Window), About(alarm.Kind), alarm.Sentence(state.Item, state.User)])],
            [false, false, false, false]));
    }

    private static void WriteSurges(HtmlPage page, DashboardState state)
    {
        if (state.Report.Surges.Count == 0)
        {
            page.Paragraph("None: no item is taken by more accounts than its past and chance explain.");
            return;
        }
        page.Table("Now", "Accounts that took the item in the newest windows, beside those that its past lets expect.", new(
            ["Item", "Accounts", "Expected", "New accounts", "In their lists", "In lists before"],
            [.. state.Report.Surges.Take(MostRows).Select(surge => (string[])
            [
                state.Item(surge.Item), Text(surge.Accounts), surge.Expected.ToString("F1", CultureInfo.InvariantCulture), Percent(surge.NewShare),
                Percent(surge.ListedShare), Percent(surge.ListedBefore),
            ])],
            [false, true, true, true, true, true]));
    }

    private static void WriteSuspects(HtmlPage page, DashboardState state)
    {
        if (state.Report.Suspects.Count == 0)
        {
            page.Paragraph("None: no accounts act in step.");
            return;
        }
        var more = state.Report.Suspects.Count > MostRows ? $" The first {MostRows} of {state.Report.Suspects.Count}." : "";
        page.Table("To hold out of updates", "Until somebody has looked at them; the most suspect first." + more, new(
            ["Account", "Weight", "This account"],
            [.. state.Report.Suspects.OrderBy(suspect => suspect.Weight).ThenBy(suspect => suspect.User).Take(MostRows).Select(suspect => (string[])
                [state.User(suspect.User), suspect.Weight.ToString("F2", CultureInfo.InvariantCulture), string.Join("; ", suspect.Reasons)])],
            [false, true, false]));
    }

    private static string About(AlarmKind kind) => kind switch
    {
        AlarmKind.HitRate => "Hit rate",
        AlarmKind.Drift => "Drift",
        AlarmKind.Stale => "Old model",
        AlarmKind.Surge => "Surge",
        AlarmKind.NewAccounts => "New accounts",
        AlarmKind.Devoted => "Devoted accounts",
        AlarmKind.InStep => "In step",
        _ => "Rank lift",
    };

    private static string Count(int count, string what) => $"{Whole(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

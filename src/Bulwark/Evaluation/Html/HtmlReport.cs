using System.Globalization;

namespace Bulwark.Evaluation.Html;

/// <summary>
/// A report as one HTML file: no scripts, no other files, light and dark, on a phone and in print. The file is well-formed XML as well.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What to report.</param>
    /// <param name="profile">What is known of the data; null leaves that section out.</param>
    /// <param name="writer">Where the page goes; it must write UTF-8.</param>
    /// <exception cref="ArgumentException">Two rows fill the same cell, or the baseline has no row.</exception>
    public static void Write(Report report, DataProfileView? profile, TextWriter writer)
    {
        var grid = new ReportGrid(report.Rows);
        var verdict = ReportVerdict.Of(report);
        HtmlPage.Write(writer, report.Title, page =>
        {
            var sections = Sections(page, report, profile, grid).Where(section => section.Shown).ToArray();
            WriteHeader(page, report, verdict, sections.Select(section => (section.Id, section.Heading)));
            foreach (var section in sections)
                using (page.Section(section.Id, section.Heading)) section.Write();
        });
    }

    private static (string Id, string Heading, bool Shown, Action Write)[] Sections(HtmlPage page, Report report, DataProfileView? profile, ReportGrid grid)
    {
        var results = new HtmlResults(page, report, grid);
        List<string> styles =
        [
            .. grid.Models.Concat(report.TrainingCurves.Select(curve => curve.Model)).Concat(report.Games.Select(game => game.Model))
                .Concat(report.Separations.Select(curve => curve.Model)).Distinct(),
        ];                                                                                   // a model looks the same in all charts
        var curves = new HtmlCurves(page, report, grid, styles);
        return
        [
            ("done", "What was done", report.Summary.Count > 0 || report.Protocol.Length > 0, () => WriteDone(page, report)),
            ("results", "Results", grid.Metrics.Count > 0, results.WriteMetrics),
            ("checks", "The gate", report.Checks.Count > 0, () => page.Table(
                "Checks", "What holds for every figure of robustness that can be believed.", ReportCheck.Table(report.Checks))),
            ("separations", "Likes and the rest", report.Separations.Count > 0, () => HtmlSeparations.Write(page, report, styles)),
            ("pictures", "Pictures", report.Pictures.Count > 0, () => page.Pictures(report.Pictures)),
            ("goals", "What another goal costs", report.TradeOffs.Count > 0, () => HtmlTradeOffs.Write(page, report)),
            ("curves", "Robustness", curves.Any, curves.Write),
            ("groups", "Who pays?", report.Groups.Count > 0, () => page.Table(
                "Groups", "Figures of groups of users and items, and those who lose most.", ReportGroup.Table(report.Groups))),
            ("tests", "Is the difference real?", report.Comparisons.Count > 0, results.WriteComparisons),
            ("norms", "How large is ε?", report.Norms.Count > 0, results.WriteNorms),
            ("tuning", "Tuning", report.Tuning is not null, () => HtmlTuning.Write(page, report.Tuning!)),
            ("training", "Training", report.TrainingCurves.Count > 0, () => HtmlTraining.Write(page, report, styles)),
            ("games", "Generator against critic", report.Games.Count > 0, () => HtmlGames.Write(page, report, styles)),
            ("data", "The data", profile is not null, () => HtmlData.Write(page, profile!)),
            ("settings", "Settings", report.Settings.Count > 0, () => WriteSettings(page, report)),
            ("repeat", "To repeat it", true, () => WriteRepeat(page, report)),
        ];
    }

    private static void WriteHeader(HtmlPage page, Report report, ReportVerdict verdict, IEnumerable<(string Id, string Heading)> sections)
    {
        var markup = page.Markup;
        using (markup.Element("header"))
        {
            markup.Leaf("h1", report.Title);
            markup.Leaf("p", verdict.Sentence, ("class", "verdict"));
            if (verdict.Qualifiers.Count > 0) markup.Leaf("p", string.Join(" ", verdict.Qualifiers), ("class", "lede"));
            if (report.Warnings.Count > 0)
                using (markup.Element("div", ("class", "alert"), ("role", "note"), ("aria-labelledby", "checks-heading")))
                {
                    markup.Leaf("h2", "Reasons for doubt", ("id", "checks-heading"));
                    page.List(report.Warnings);
                }
            using (markup.Element("nav", ("aria-label", "Sections")))
            using (markup.Element("ul"))
                foreach (var (id, heading) in sections)
                    using (markup.Element("li")) markup.Leaf("a", heading, ("href", "#" + id));
        }
    }

    private static void WriteDone(HtmlPage page, Report report)
    {
        page.Paragraph(string.Join(" ", report.Summary));
        page.Paragraph(report.Protocol);
    }

    private static void WriteSettings(HtmlPage page, Report report) => page.Table("Every setting", "With its value and where it came from.",
        new(["Setting", "Value", "From"], [.. report.Settings.Select(setting => (string[])[setting.Key, setting.Value, setting.From])], [false, false, false]));

    private static void WriteRepeat(HtmlPage page, Report report)
    {
        var facts = new List<ReportFact>
        {
            new("Data hash", report.DataHash),
            new("Split", report.Split),
            new(report.Seeds.Count == 1 ? "Seed" : "Seeds", string.Join(", ", report.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))),
            new("Began", report.Started?.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture) ?? ""),
            new("Took", report.Elapsed > TimeSpan.Zero ? Duration(report.Elapsed) : ""),
        };
        page.Facts([.. facts.Where(fact => fact.Value.Length > 0), .. report.Environment]);
    }

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{ReportNumber.Short(time.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };
}

using System.Globalization;
using System.Text.RegularExpressions;
using Bulwark.Evaluation.Html;

namespace Bulwark.Tests.Evaluation.Charts;

public class ChartStyleTests
{
    // Contrast as WCAG 2.1 defines it: (L₁ + 0.05) / (L₂ + 0.05) of relative luminances. 4.5 is enough for text.
    [Theory]
    [InlineData(0), InlineData(1)]
    public void ColorsStandOutFromThePaperLightAndDark(int theme)
    {
        var writer = new StringWriter();
        HtmlReport.Write(ReportSample.Report(), null, writer);
        var colors = Regex.Matches(writer.ToString(), @"--paper:.*").Select(match => match.Value).ElementAt(theme);
        var named = Regex.Matches(colors, @"--(\w+):#(\w{6});").ToDictionary(match => match.Groups[1].Value, match => Luminance(match.Groups[2].Value));

        foreach (var name in new[] { "s0", "s1", "s2", "s3", "s4", "s5", "ink", "soft", "alert", "link" })
            Assert.True(Contrast(named[name], named["paper"]) >= 4.5, $"{name}: {Contrast(named[name], named["paper"]):0.00}");
        foreach (var name in new[] { "ink", "alert" }) Assert.True(Contrast(named[name], named["tint"]) >= 4.5, name);
    }

    private static double Contrast(double a, double b) => (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var c = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);
    }
}

using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public class ReportTableTests
{
    private static readonly ReportRow[] Rows =
    [
        new("BPR", "PGD", 1, "Recall@10", 0.02),
        new("BPR", "clean", 0, "Recall@10", 0.08841, 0.0011, 3),
        new("BPR", "PGD", 0.5, "Recall@10", 0.04),
        new("APR", "clean", 0, "Recall@10", 0.08),
        new("APR", "PGD", 0.5, "Recall@10", double.NaN),
        new("APR", "clean", 0, "RMSE", 0.93),
    ];

    [Fact]
    public void AttacksAreLinesCleanFirstThenByBudget()
    {
        var table = ReportTable.ByAttack(Rows, "Recall@10");
        Assert.Equal(["attack", "ε", "BPR", "APR"], table.Header);
        Assert.Equal(
        [
            ["clean", "", "0.08841 ± 0.00110", "0.08000"],
            ["PGD", "0.5", "0.04000", "n/a"],
            ["PGD", "1", "0.02000", ""],                    // APR was not attacked at ε 1
        ], table.Rows);
        Assert.Equal([false, true, true, true], table.Numeric);
    }

    [Fact]
    public void ModelsAreLines()
    {
        var table = ReportTable.ByModel(Rows, "Recall@10");
        Assert.Equal(["model", "clean", "PGD 0.5", "PGD 1"], table.Header);
        Assert.Equal(["APR", "0.08000", "n/a", ""], table.Rows[1]);
    }

    [Fact]
    public void MetricsAreColumns()
    {
        var table = ReportTable.ByMetric(Rows);
        Assert.Equal(["model", "attack", "ε", "Recall@10", "RMSE"], table.Header);
        Assert.Equal(5, table.Rows.Length);
        Assert.Equal(["APR", "clean", "", "0.08000", "0.9300"], table.Rows.Single(row => row is ["APR", "clean", ..]));
    }

    [Fact]
    public void LongKeepsEveryDigit()
    {
        var value = 0.1 + 0.2;
        var line = ReportTable.Long([new("m", "a", 1e-9, "r", value, null, 2)]).Rows.Single();
        Assert.Equal(value, double.Parse(line[4], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["m", "a", "1E-09", "r", line[4], "", "2"], line);
    }

    [Theory]
    [InlineData(0.08841, "0.08841"), InlineData(0.7096, "0.7096"), InlineData(12.345, "12.35"), InlineData(1234.6, "1235"), InlineData(0, "0.0000")]
    public void ValuesHaveFourSignificantDigits(double value, string expected) =>
        Assert.Equal(expected, ReportTable.ByMetric([new("m", "clean", 0, "r", value)]).Rows[0][3]);

    [Fact]
    public void ClashesAndUnknownMetricsAreErrors()
    {
        Assert.Contains("Two rows give RMSE of APR", Assert.Throws<ArgumentException>(() => ReportTable.ByMetric([.. Rows, Rows[^1]])).Message);
        Assert.Contains("There are: Recall@10, RMSE.", Assert.Throws<ArgumentException>(() => ReportTable.ByAttack(Rows, "MAP")).Message);
    }
}

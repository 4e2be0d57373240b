using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public class ReportMergeTests
{
    private static Report Run(string title, ulong seed, double value, string factors = "64", string data = "abc", string model = "BPR") => new()
    {
        Title = title,
        Rows = [new(model, "clean", 0, "Recall@10", value)],
        Seeds = [seed],
        DataHash = data,
        Settings = [new("model.factors", factors, "default"), new("seed", $"{seed}", "command line"), new("threads", "2", "machine")],
        Elapsed = TimeSpan.FromSeconds(10),
        Warnings = ["No black box."],
        TrainingCurves = [new(model, [new(1, 0.5)])],
    };

    [Fact]
    public void RunsThatDifferInSeedArePooled()
    {
        // 0.1, 0.2 and 0.6: mean 0.3, deviation √(((−0.2)² + (−0.1)² + 0.3²)/2) = √0.07
        var merged = Report.Merge([Run("a", 1, 0.1), Run("b", 2, 0.2), Run("c", 3, 0.6)]);
        var row = Assert.Single(merged.Rows);
        Assert.Equal(("BPR", 3), (row.Model, row.Seeds));
        Assert.Equal(0.3, row.Value, 12);
        Assert.Equal(Math.Sqrt(0.07), row.Std!.Value, 12);
        Assert.Equal([1ul, 2, 3], merged.Seeds);
        Assert.Equal(TimeSpan.FromSeconds(30), merged.Elapsed);
        Assert.Equal(["BPR (a)", "BPR (b)", "BPR (c)"], merged.TrainingCurves.Select(curve => curve.Model));
        Assert.Equal(["a: No black box.", "b: No black box.", "c: No black box."], merged.Warnings);
    }

    [Fact]
    public void PoolingMeansOfSeveralSeedsIsTheMeanOfAll()
    {
        // {1, 2, 3}: mean 2, deviation 1. {5, 9}: mean 7, deviation √8. Together 1, 2, 3, 5, 9: mean 4, squares 9+4+1+1+25 = 40, deviation √10.
        var a = Run("a", 1, 0) with { Seeds = [1, 2, 3], Rows = [new("BPR", "clean", 0, "r", 2, 1, 3)] };
        var b = Run("b", 4, 0) with { Seeds = [4, 5], Rows = [new("BPR", "clean", 0, "r", 7, Math.Sqrt(8), 2)] };
        var row = Report.Merge([a, b]).Rows.Single();
        Assert.Equal(4, row.Value, 12);
        Assert.Equal(Math.Sqrt(10), row.Std!.Value, 12);
        Assert.Equal(5, row.Seeds);

        var unknown = Report.Merge([a with { Rows = [new("BPR", "clean", 0, "r", 2, null, 3)] }, b]).Rows.Single();
        Assert.Null(unknown.Std);                           // a spread that nobody measured is not made up
    }

    [Fact]
    public void ASeedIsNotCountedTwice()
    {
        var merged = Report.Merge([Run("a", 1, 0.1), Run("b", 1, 0.1)]);
        Assert.Equal(new ReportRow("BPR", "clean", 0, "Recall@10", 0.1), merged.Rows.Single());
        var differing = Report.Merge([Run("a", 1, 0.1), Run("b", 1, 0.4)]);
        Assert.Equal(0.1, differing.Rows.Single().Value);
        Assert.Contains(differing.Warnings, warning => warning.StartsWith("b repeats seeds"));
    }

    [Fact]
    public void RunsWithOtherSettingsStandSideBySide()
    {
        var merged = Report.Merge([Run("small", 1, 0.1) with { Baseline = "BPR" }, Run("large", 1, 0.4, "128"), Run("ease", 1, 0.5, "0", model: "EASE")]);
        Assert.Equal([("BPR (small)", 0.1), ("BPR (large)", 0.4), ("EASE", 0.5)], merged.Rows.Select(row => (row.Model, row.Value)));
        Assert.Equal("BPR (small)", merged.Baseline);
        Assert.Equal("small + large + ease", merged.Title);
        Assert.Equal("machine", merged.Settings.Single(setting => setting.Key == "threads").From);
        Assert.Equal(["64", "128", "0"], merged.Settings.Where(setting => setting.Key == "model.factors").Select(setting => setting.Value));
        Assert.Equal("default (large)", merged.Settings.First(setting => setting.Value == "128").From);
    }

    [Fact]
    public void DifferentDataAreSaidToBeIncomparable()
    {
        var merged = Report.Merge([Run("run", 1, 0.1), Run("run", 2, 0.4, data: "xyz")]);
        Assert.Equal(["BPR (run 1)", "BPR (run 2)"], merged.Rows.Select(row => row.Model));
        Assert.Contains("These runs have different data, so their numbers do not compare: run 1 has abc; run 2 has xyz.", merged.Warnings);
    }

    [Fact]
    public void MergedReportsCanBeTabulated()
    {
        var merged = Report.Merge([ReportSample.Report(), ReportSample.Report() with { Title = "other", Settings = [] }]);
        Assert.Equal(2 * ReportSample.Report().Rows.Count, merged.Rows.Count);
        Assert.Equal(2 + 8, ReportTable.ByAttack(merged.Rows, "Recall@10").Header.Length);
        Assert.Equal("BPR-MF (APR on MovieLens 1M, leave-last-out)", merged.Baseline);
        Assert.All(merged.Comparisons, test => Assert.Contains(merged.Rows, row => row.Model == test.A));
    }

    [Fact]
    public void OneReportIsItselfAndNoneIsAnError()
    {
        var report = Run("a", 1, 0.1);
        Assert.Same(report, Report.Merge([report]));
        Assert.Throws<ArgumentException>(() => Report.Merge([]));
    }
}

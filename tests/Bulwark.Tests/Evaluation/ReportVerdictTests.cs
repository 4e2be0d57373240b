using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public class ReportVerdictTests
{
    private static ReportRow Row(string model, string attack, double epsilon, double value, string metric = "Recall@10") =>
        new(model, attack, epsilon, metric, value);

    private static readonly ReportRow[] Rows =
    [
        Row("BPR", "clean", 0, 0.100), Row("APR", "clean", 0, 0.098),
        Row("BPR", "FGSM", 0.5, 0.080), Row("APR", "FGSM", 0.5, 0.090),
        Row("BPR", "PGD-10", 0.5, 0.045), Row("APR", "PGD-10", 0.5, 0.0696),
        Row("BPR", "FGSM", 3, 0.010), Row("APR", "FGSM", 3, 0.011),
    ];

    [Fact]
    public void SaysWhatIsKeptUnderTheHardestAttackAtTheFullestBudget()
    {
        // Two attacks at ε 0.5, one at ε 3. At ε 0.5 PGD leaves APR less than FGSM does: 0.0696 / 0.098 = 71%, 0.045 / 0.1 = 45%.
        var verdict = ReportVerdict.Of(new Report { Rows = Rows, Baseline = "BPR" });
        Assert.Equal("Under PGD-10 at ε 0.5, APR keeps 71% of its Recall@10 (0.098 to 0.070); BPR, undefended, keeps 45% (0.100 to 0.045).", verdict.Sentence);
        Assert.Equal(["On clean data the Recall@10 of APR is 2.0% lower.", "One seed: the spread between trainings is not known."], verdict.Qualifiers);
    }

    [Fact]
    public void TestsDecideAmongBudgetsAndTheirPValueIsSaid()
    {
        Report report = new()
        {
            Rows = [.. Rows.Where(row => row.Attack != "PGD-10")],              // ε 0.5 and 3 have one attack each
            Comparisons = [new("BPR", "APR", "Recall@10", "FGSM", 3, -0.001, 0.4)],
        };
        var verdict = ReportVerdict.Of(report);
        Assert.StartsWith("Under FGSM at ε 3, APR keeps 11%", verdict.Sentence);
        Assert.Contains("The difference under attack is not significant (p = 0.40).", verdict.Qualifiers);
        Assert.StartsWith("Under FGSM at ε 0.5,", ReportVerdict.Of(report with { Comparisons = [] }).Sentence);
    }

    [Fact]
    public void SaysWhenNothingHelped() => Assert.Equal(
        "Under PGD at ε 1, no model does better than BPR, which keeps 50% of its r (0.400 to 0.200); the next best, APR, keeps 25% (0.400 to 0.100).",
        ReportVerdict.Of(new Report
        {
            Rows = [Row("BPR", "clean", 0, 0.4, "r"), Row("APR", "clean", 0, 0.4, "r"), Row("BPR", "PGD", 1, 0.2, "r"), Row("APR", "PGD", 1, 0.1, "r")],
        }).Sentence);

    [Fact]
    public void ErrorsRise() => Assert.Equal(
        "Under noise, B sees its RMSE rise by 10% (1.00 to 1.10); A sees it rise by 50% (1.00 to 1.50).",
        ReportVerdict.Of(new Report
        {
            Rows = [Row("A", "clean", 0, 1, "RMSE"), Row("B", "clean", 0, 1, "RMSE"), Row("A", "noise", 0, 1.5, "RMSE"), Row("B", "noise", 0, 1.1, "RMSE")],
            LowerIsBetter = ["RMSE"],
        }).Sentence);

    [Fact]
    public void AModelAloneAndNoAttackAndNothing()
    {
        static string Sentence(params ReportRow[] rows) => ReportVerdict.Of(new Report { Rows = rows }).Sentence;
        Assert.Equal("Under PGD-10 at ε 0.5, BPR keeps 45% of its Recall@10 (0.100 to 0.045).",
            Sentence([.. Rows.Where(row => row is { Model: "BPR", Epsilon: < 1 })]));
        Assert.Equal("Of 2 models BPR has the best Recall@10, 0.100; no attack was run.", Sentence(Rows[..2]));
        Assert.Equal("Nothing was measured.", Sentence());
        Assert.Equal("Under PGD at ε 1, BPR has a Recall@10 of 0.500.", Sentence(Row("BPR", "PGD", 1, 0.5)));
    }

    [Fact]
    public void AnUnknownBaselineIsAnError() =>
        Assert.Contains("BPR, APR", Assert.Throws<ArgumentException>(() => ReportVerdict.Of(new Report { Rows = Rows, Baseline = "MF" })).Message);
}

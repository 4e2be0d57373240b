using Bulwark.Evaluation;
using Bulwark.Evaluation.Tuning;

namespace Bulwark.Tests.Evaluation;

public class ReportTuningTests
{
    internal static ReportTuning Sample(double budget = 1) => ReportTuning.Of(
        "tpe", "ndcg@10", new(Dimension.Real("train.rate", 0.001, 0.1, log: true), Dimension.Choice("model.biases", "yes", "no")),
        [new(1, [0.01, 0], budget, 0.25, 12, 3.04), new(2, [0.1, 1], 1, double.NaN, 0, 1), new(3, [0.05, 1], 1, 0.125, 7, 2)], [0.3, 0.6]);

    [Fact]
    public void TheBestTrialsComeFirstAndFailedOnesNotAtAll()
    {
        var table = Sample().Best(5);
        Assert.Equal(["trial", "ndcg@10", "train.rate", "model.biases", "epochs", "seconds"], table.Header);
        Assert.Equal([["1", "0.2500", "0.01", "yes", "12", "3.0"], ["3", "0.1250", "0.05", "no", "7", "2.0"]], table.Rows);
        Assert.Single(Sample().Best(1).Rows);
    }

    [Fact]
    public void LargerBudgetsComeFirst()
    {
        var table = Sample(budget: 0.5).Best(5);
        Assert.Equal(["3", "1"], table.Rows.Select(row => row[0]));
        Assert.Equal(["100%", "50%"], table.Rows.Select(row => row[Array.IndexOf(table.Header, "budget")]));
    }

    [Fact]
    public void WhatMatteredMostComesFirst() => Assert.Equal([["model.biases", "60%"], ["train.rate", "30%"]], Sample().Importance().Rows);

    [Fact]
    public void ItSurvivesJson()
    {
        var report = new Report { Tuning = Sample() };
        var again = Report.FromJson(report.ToJson());
        Assert.Equal(report.ToJson(), again.ToJson());
        Assert.Equal(double.NaN, again.Tuning!.Trials[1].Figure);
    }
}

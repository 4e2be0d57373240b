using Bulwark.Attacks.Poisoning;
using Bulwark.Defenses.Detection;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Neighbors;
using Bulwark.Tests.Attacks.Poisoning;

namespace Bulwark.Tests.Evaluation;

public sealed class PoisoningStudyTests
{
    private static readonly int[] Targets = [120, 130, 150, 170, 190];
    private static readonly Metric[] Metrics = [RankingMetrics.Ndcg(10)];
    private static readonly IPoison Bandwagon = ProfileTemplate.Bandwagon(5);
    private static readonly Victim Knn = new("itemknn", (train, _) => ItemKnn.Fit(train, new(50)));
    private static readonly Victim Counts = new("popularity", (train, _) => new Popularity(train.UserCount, train.ItemCounts()));

    /// <summary>A ring as large as the crowd puts its targets among the most popular: for whoever recommends what is popular, success is certain.</summary>
    [Fact]
    public void AnOverwhelmingRingWinsAndItsAbsenceChangesNothing()
    {
        var study = Study();
        study.AddClean(Counts, 1);
        Assert.Equal(0, study.Values("popularity", "none", 0, study.Success)[0]);
        Assert.Equal(1, study.AddPoisoned(Counts, "bandwagon", study.Poison(Bandwagon, ShillingWorld.Users, 30, 1), 1), 12);
        Assert.Equal(0, study.AddPoisoned(Counts, "nobody", study.Poison(Bandwagon, 0, 30, 1), 1));
        Assert.Equal(study.Values("popularity", "none", 0, "ndcg@10"), study.Values("popularity", "nobody", 0, "ndcg@10"));
        Assert.Equal(0, study.Values("popularity", "nobody", 0, "prediction shift")[0], 12);
        Assert.Equal(ShillingWorld.Users, study.Values("popularity", "bandwagon", ShillingWorld.Users, "prediction shift")[0], 1e-3);     // each account is one more count
    }

    /// <summary>Detection takes the targets back to where they were, at no cost to the honest.</summary>
    [Fact]
    public void AScreenedModelIsAsIfNobodyHadAttacked()
    {
        var screened = new Victim("screened", (train, seed) => Knn.Train(train.Without(Screening.Of(train, new(1)).Weights), seed));
        var study = Study();
        foreach (var victim in new[] { Knn, screened })
        {
            study.AddClean(victim, 1);
            study.AddPoisoned(victim, "bandwagon", study.Poison(Bandwagon, 40, 30, 1), 1);
        }
        var (shift, left) = (Shift("itemknn"), Shift("screened"));
        Assert.True(shift > 0.1 && Math.Abs(left) < 0.1 * shift, $"{shift}, {left} screened");

        double Shift(string victim) => study.Values(victim, "bandwagon", 40, "standardized shift")[0];
    }

    [Fact]
    public void RowsHoldEveryFigureWithItsSpread()
    {
        var study = Study();
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            study.AddClean(Knn, seed);
            study.AddPoisoned(Knn, "bandwagon", study.Poison(Bandwagon, 10, 30, seed), seed);
        }
        Assert.Equal(
            ["target hr@10", "target ndcg@10", "prediction shift", "standardized shift", "ndcg@10"],
            study.Rows.Where(row => row.Attack == "bandwagon").Select(row => row.Metric));
        var row = study.Rows.Single(row => (row.Attack, row.Metric) == ("bandwagon", "standardized shift"));
        Assert.Equal((10, 3), (row.Epsilon, row.Seeds));
        Assert.True(row.Std > 0);
        Assert.Equal(study.Values("itemknn", "bandwagon", 10, "standardized shift").Average(), row.Value, 12);
    }

    [Fact]
    public void CleanComesFirst() => Assert.Contains("AddClean", Assert.Throws<InvalidOperationException>(
        () => Study().AddPoisoned(Knn, "bandwagon", ShillingWorld.Train, 1)).Message);

    /// <summary>The least of a rising stair, for every stair; null where even the most is too few.</summary>
    [Fact]
    public void ThePriceIsTheLeastThatBuysTheGoal()
    {
        for (var price = 1; price <= 40; price++)
        {
            var asked = 0;
            Assert.Equal(price, PoisoningStudy.Price(accounts => { asked++; return accounts >= price ? 1 : 0; }, 0.5, 40));
            Assert.InRange(asked, 1, 12);
        }
        Assert.Null(PoisoningStudy.Price(accounts => accounts / 100.0, 0.5, 40));
        Assert.Equal(1, PoisoningStudy.Price(_ => 1, 0.5, 1));
        Assert.Null(PoisoningStudy.Price(_ => 0, 0.5, 1));
    }

    private static PoisoningStudy Study() => new(ShillingWorld.Train, ShillingWorld.Create(2), Targets, Metrics);
}

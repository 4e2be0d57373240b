using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;

namespace Bulwark.Tests.Architecture;

/// <summary>The README's example, run. <see cref="DocumentTests.CodeIsCompiledSomewhere"/> fails if the two differ.</summary>
public sealed class ReadMeTests
{
    [Fact]
    public void TheExampleDoesWhatTheReadMeSays()
    {
        var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 300, Products: 200), seed: 1);
        var split = Splits.LeaveLastOut(shop.Dataset.Interactions.DistinctPairs());
        var (users, items) = (split.Train.UserCount, split.Train.ItemCount);

        var options = new HardeningOptions { Epochs = 20, HardenEpochs = 20, Epsilon = 0.25f, Relative = true };
        var models = Hardening.Run(split.Train, () => new MatrixFactorization(users, items, new(Dimension: 32)), options, seed: 1);

        var attacks = StudyAttack.Standard(epsilons: [0.1f, 0.25f], relative: true);
        var study = new Study(new RankingTask(split.Train, split.Test), attacks, [RankingMetrics.Recall(10)]);
        foreach (var model in models) study.Add(model.Contender, seed: 1);
        ReportTable.ByAttack(study.Rows, "recall@10").WriteText(Console.Out);

        Assert.Equal(["bpr", "bpr-long", "apr"], study.Rows.Select(row => row.Model).Distinct());
        Assert.Equal(3 * (1 + 4 * 2), study.Rows.Count);
        var task = new RankingTask(split.Train, split.Test);
        var floor = task.Judge(task.Popularity, [RankingMetrics.Recall(10)])["recall@10"];
        Assert.All(study.Rows.Where(row => row.Attack == "none"), row => Assert.True(row.Value > floor, $"{row.Model} has {row.Value}, popularity {floor}."));
    }
}

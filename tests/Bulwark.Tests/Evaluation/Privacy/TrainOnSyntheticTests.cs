using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Models.Neighbors;

namespace Bulwark.Tests.Evaluation.Privacy;

public sealed class TrainOnSyntheticTests
{
    private static readonly Metric[] Metrics = [RankingMetrics.Ndcg(5)];
    private static readonly Victim Knn = new("itemknn", (train, _) => ItemKnn.Fit(train, new(10)));

    /// <summary>The real data under other names are worth as much; data of one block are worth less, and their absence nothing.</summary>
    [Fact]
    public void WhatIsKeptIsWhatTheDataAreWorth()
    {
        var renamed = new Interactions(
            new Vocabulary(Enumerable.Range(0, Blocks.Users).Select(user => $"made-up {user}")), Blocks.Train.Items,
            Blocks.Train.User.ToArray(), Blocks.Train.Item.ToArray());
        Assert.Equal(1, Run(renamed).Kept("ndcg@5"), 12);
        Assert.True(Run(renamed).Real["ndcg@5"] > 0.9);
        var half = Blocks.Train.Select([.. Enumerable.Range(0, Blocks.Train.Count).Where(row => Blocks.BlockOf(Blocks.Train.User[row]) == 0)]);
        Assert.InRange(Run(half).Kept("ndcg@5"), 0.3, 0.8);
    }

    [Fact]
    public void ItemsAreFoundByTheirIds()
    {
        var made = new Interactions(new Vocabulary(["x"]), new Vocabulary(["unknown", "i7", "i2"]), [0, 0, 0], [0, 1, 2]);
        var over = TrainOnSynthetic.OverItems(made, Blocks.Train.Items);
        Assert.Equal([7, 2], over.Item.ToArray());
        Assert.Contains("over the real items", Assert.Throws<ArgumentException>(() => Run(made)).Message);
        Assert.Contains("no interaction", Assert.Throws<ArgumentException>(() => Run(Blocks.Train.Select([]))).Message);
    }

    private static TrainOnSynthetic Run(Interactions synthetic) => TrainOnSynthetic.Run(Knn, synthetic, Blocks.Train, Blocks.Test, Metrics, 1);
}

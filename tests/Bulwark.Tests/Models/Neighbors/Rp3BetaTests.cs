using Bulwark.Models;
using Bulwark.Models.Neighbors;

namespace Bulwark.Tests.Models.Neighbors;

public sealed class Rp3BetaTests
{
    /// <summary>
    /// u0 touched {0, 1}, u1 {1, 2}. From item 0 one goes to u0 and with ½ on to item 1; from item 1 with ½ to either user and with ½ on to 0 or 2.
    /// </summary>
    [Fact]
    public void AWalkWorkedByHand()
    {
        var walk = Rp3Beta.Fit(Blocks.Of(2, 3, [(0, 0), (0, 1), (1, 1), (1, 2)]), new(10, 1, 0));
        Assert.Equal([(1, 0.5f)], walk.WeightsOf(0));
        Assert.Equal([(0, 0.25f), (2, 0.25f)], walk.WeightsOf(1));
    }

    /// <summary>The same graph with α = 2 and β = 1: ½² / 2 from item 0 to 1, which has two users; ½² · ½² / 1 from item 1 to 0 and to 2.</summary>
    [Fact]
    public void PowersAndPenaltiesWorkedByHand()
    {
        var walk = Rp3Beta.Fit(Blocks.Of(2, 3, [(0, 0), (0, 1), (1, 1), (1, 2)]), new(10, 2, 1));
        Assert.Equal([(1, 0.125f)], walk.WeightsOf(0));
        Assert.Equal([(0, 0.0625f), (2, 0.0625f)], walk.WeightsOf(1));
    }

    /// <summary>Scores of new items are the probabilities of three random steps over the graph, times the length of the history.</summary>
    [Fact]
    public void P3IsARandomWalk()
    {
        var train = World.Random(20, 12, 90);
        var (model, x) = (Rp3Beta.Fit(train, new(12, 1, 0)), World.Matrix(train));
        for (var user = 0; user < 20; user++)
        {
            var scores = ItemKnnTests.Scores(model, user);
            var history = train.ByUser.SortedItems(user).ToArray();
            var atItems = new double[12];
            foreach (var item in history) atItems[item] = 1.0 / history.Length;
            var atUsers = Step(atItems, 20, (item, other) => x[other, item]);
            var walked = Step(atUsers, 12, (other, item) => x[other, item]);
            for (var item = 0; item < 12; item++)
                if (!history.Contains(item)) Assert.Equal(walked[item] * history.Length, scores[item], 1e-5);
        }
    }

    [Fact]
    public void EverySettingChangesTheResult()
    {
        var train = World.Random(60, 40, 400);
        Rp3BetaOptions[] settings = [new(5, 1, 0), new(6, 1, 0), new(5, 0.7f, 0), new(5, 1, 0.4f)];
        Assert.Equal(settings.Length, settings.Select(options => string.Join(' ', ItemKnnTests.Scores(Rp3Beta.Fit(train, options), 3))).Distinct().Count());
        Assert.Equal(40 * 5, Rp3Beta.Fit(train, new(5)).WeightCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => Rp3Beta.Fit(train, new(0)));
    }

    [Fact]
    public void ThreadsChangeNoBit() => World.WithAnyThreads(() => ItemKnnTests.Scores(Rp3Beta.Fit(World.Random(200, 300, 2000), new(20)), 7));

    [Fact]
    public void SomeoneWithAKnownHistoryGetsTheSameScores()
    {
        var train = World.Random(60, 40, 400);
        var (model, scores) = (Rp3Beta.Fit(train, new(10)), new float[40]);
        Assert.Equal(ScoreSource.FoldIn, model.ScoreHistory(train.ByUser.Items(5), scores));
        Assert.Equal(ItemKnnTests.Scores(model, 5), scores);
    }

    /// <summary>One step: from each node with equal probability along its edges.</summary>
    private static double[] Step(double[] from, int count, Func<int, int, double> edge)
    {
        var to = new double[count];
        for (var node = 0; node < from.Length; node++)
        {
            var degree = Enumerable.Range(0, count).Sum(end => edge(node, end));
            for (var end = 0; end < count && degree > 0; end++) to[end] += from[node] * edge(node, end) / degree;
        }
        return to;
    }
}

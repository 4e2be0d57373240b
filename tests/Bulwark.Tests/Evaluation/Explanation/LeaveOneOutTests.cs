using Bulwark.Evaluation.Explanation;
using Bulwark.Models;

namespace Bulwark.Tests.Evaluation.Explanation;

public sealed class LeaveOneOutTests
{
    /// <summary>Scores are sums of the rows of the history: item 3 is liked by who has 0, a little by who has 1, and disliked by who has 2.</summary>
    private sealed class Sums(params float[][] rows) : IRecommender
    {
        public int UserCount => 0;

        public int ItemCount => rows[0].Length;

        public int Asked { get; private set; }

        public void Score(ReadOnlySpan<int> users, Span<float> scores) => throw new NotSupportedException();

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
        {
            Asked++;
            scores.Clear();
            foreach (var old in history)
                for (var item = 0; item < rows[old].Length; item++) scores[item] += rows[old][item];
            return history.Length > 0 ? ScoreSource.FoldIn : ScoreSource.Popularity;
        }
    }

    private static readonly Sums Model = new([1, -1, 0, 4], [0, 1, -1, 1], [1, 0, 1, -2], [0, 0, 0, 0]);
    private static readonly string[] Names = ["tea", "cup", "glue", "pot"];

    /// <summary>
    /// All: (2, 0, 0, 3), mean 5/4, variance 27/16: (3 − 5/4) / √(27/16) = 7/√27. Without 0: (1, 1, 0, −1), mean 1/4, variance 11/16, so −5/√11.
    /// Without 1: (2, −1, 1, 2), mean 1, variance 3/2, so 1/√1.5. Without 2: (1, 0, −1, 5), mean 5/4, variance 83/16, so 15/√83.
    /// </summary>
    [Fact]
    public void AnEffectIsWhatTheScoreLosesWithoutTheItem()
    {
        var whole = 7 / Math.Sqrt(27);
        var reasons = LeaveOneOut.Of(Model, [0, 1, 2], 3);
        Assert.Equal([0, 1, 2], reasons.Select(reason => reason.Item));
        double[] expected = [whole + 5 / Math.Sqrt(11), whole - 1 / Math.Sqrt(1.5), whole - 15 / Math.Sqrt(83)];
        Assert.All(expected.Zip(reasons), pair => Assert.Equal(pair.First, pair.Second.Effect, 6));
        Assert.Equal("because of tea and cup", LeaveOneOut.InWords(reasons, item => Names[item]));
        Assert.Equal("because of tea", LeaveOneOut.InWords(reasons, item => Names[item], 1));
        Assert.Equal("because of tea and cup", LeaveOneOut.InWords(reasons, item => Names[item], 3));      // glue spoke against
    }

    /// <summary>A history of three is scored whole and without each of its items, and not again for every recommended item.</summary>
    [Fact]
    public void SeveralItemsCostAsMuchAsOne()
    {
        var model = new Sums([1, -1, 0, 4], [0, 1, -1, 1], [1, 0, 1, -2], [0, 0, 0, 0]);
        var all = LeaveOneOut.Of(model, [0, 1, 2], [3, 0, 2]);
        Assert.Equal(4, model.Asked);
        Assert.Equal([LeaveOneOut.Of(Model, [0, 1, 2], 3), LeaveOneOut.Of(Model, [0, 1, 2], 0), LeaveOneOut.Of(Model, [0, 1, 2], 2)], all);
        Assert.Equal(2, LeaveOneOut.Of(Model, [], [3, 0]).Length);
    }

    [Fact]
    public void WhereTheHistoryDoesNotDecideThereAreNoReasons()
    {
        Assert.Empty(LeaveOneOut.Of(new TableModel([1, 2]), [0], 1));
        Assert.Empty(LeaveOneOut.Of(Model, [], 1));
        Assert.Equal("", LeaveOneOut.InWords([], item => Names[item]));
    }

    /// <summary>The same model explains alike; one whose rows 0 and 1 have changed places names the others first.</summary>
    [Fact]
    public void StabilityFallsWhereReasonsChange()
    {
        var swapped = new Sums([0, 1, -1, 1], [1, -1, 0, 4], [1, 0, 1, -2], [0, 0, 0, 0]);
        var same = ExplanationStability.Mean(Model, Model, [[0, 1, 2]], 1)!.Value;
        var other = ExplanationStability.Mean(Model, swapped, [[0, 1, 2]], 1)!.Value;
        Assert.Equal((1, 1), (Math.Round(same.RankCorrelation, 9), same.TopOverlap));
        Assert.Equal((0.5, 0), (Math.Round(other.RankCorrelation, 9), other.TopOverlap));
        Assert.Null(ExplanationStability.Mean(Model, swapped, [[0]], 1));                                // one reason alone has no order
    }
}

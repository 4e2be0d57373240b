using Bulwark.Models.Neighbors;

namespace Bulwark.Tests.Models.Neighbors;

public sealed class AggregationTests
{
    /// <summary>
    /// u0 touched {0, 1}. u1 {0, 1, 2} has s = 2/√6 = .816, u2 {0, 3} s = ½, and u0 itself 1: the median of three is .816, and clips the nearest, u0 itself.
    /// </summary>
    [Fact]
    public void ClippingStopsAtTheMedian()
    {
        var train = Blocks.Of(3, 4, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 3)]);
        var s = 2 / MathF.Sqrt(6);
        UserKnnTests.Close([2 * s + 0.5f, 2 * s, s, 0.5f], ItemKnnTests.Scores(new UserKnn(train, new(), Aggregation.Clipped), 0));
        UserKnnTests.Close([1 + s + 0.5f, 1 + s, s, 0.5f], ItemKnnTests.Scores(new UserKnn(train, new(), Aggregation.Sum), 0));
    }

    /// <summary>
    /// Accounts copy u0's history and add item 19: the nearest of all but u0 itself, so that each is dealt into a group of its own. Two of five groups move no
    /// median: item 19, which no honest neighbor touched, stays at 0. Three do.
    /// </summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void TwoGroupsMoveNoMedian(int fakes, int heard)
    {
        var honest = Enumerable.Range(0, Blocks.Train.Count).Select(row => (Blocks.Train.User[row], Blocks.Train.Item[row])).ToArray();
        int[] profile = [.. Blocks.Train.ByUser.Items(0), 19];
        var copies = Enumerable.Range(0, fakes).SelectMany(n => profile.Select(item => (Blocks.Users + n, item)));
        var train = Blocks.Of(Blocks.Users + fakes, Blocks.Items, honest.Concat(copies));
        Assert.True(ItemKnnTests.Scores(new UserKnn(train, new(12)), 0)[19] > 0);
        Assert.Equal(heard, Math.Sign(ItemKnnTests.Scores(new UserKnn(train, new(12), Aggregation.Median), 0)[19]));
    }

    /// <summary>Robust or not, the held-out item of each block ranks above the other block.</summary>
    [Theory]
    [InlineData(Aggregation.Clipped)]
    [InlineData(Aggregation.Median)]
    public void TheAnswerIsStillFound(Aggregation aggregation)
    {
        var model = new UserKnn(Blocks.Train, new(20), aggregation);
        foreach (var user in new[] { 0, 7, 20 })
        {
            var (lowest, highest) = Blocks.Separate(ItemKnnTests.Scores(model, user), Blocks.BlockOf(user));
            Assert.True(lowest > highest, $"{lowest} inside, {highest} outside");
        }
    }
}

using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Data;

public class SplitsTests
{
    /// <summary>Random events in which users return to items.</summary>
    private static Interactions Events(ulong seed, bool times = true)
    {
        var rng = new Rng(seed);
        var rows = new InteractionsBuilder(hasTimes: times);
        for (var row = 0; row < 800; row++) rows.Add($"u{rng.Next(30)}", $"i{rng.Next(25)}", time: rng.Next(300));
        rows.Add("lonely", "i1", time: 50);
        return rows.Build();
    }

    /// <summary>What each split promises: full vocabularies, no pair on both sides, one test row a pair, no row from nowhere.</summary>
    private static void CheckParts(Interactions all, Interactions train, Interactions test)
    {
        Assert.Same(all.Users, train.Users);
        Assert.Same(all.Items, test.Items);
        Assert.True(train.Count > 0 && test.Count > 0);
        for (var row = 0; row < test.Count; row++)
        {
            Assert.False(train.ByUser.Contains(test.User[row], test.Item[row]));
            Assert.True(train.ByUser.Items(test.User[row]).Length > 0);
        }
        Assert.Equal(test.Count, test.DistinctPairs().Count);
        var rows = Rows(all);
        Assert.All(Rows(train).Concat(Rows(test)).GroupBy(row => row), group => Assert.True(rows.Count(row => row == group.Key) >= group.Count()));
    }

    private static List<(int, int, long)> Rows(Interactions data) =>
        [.. Enumerable.Range(0, data.Count).Select(row => (data.User[row], data.Item[row], data.HasTimes ? data.Time[row] : 0))];

    private static int DistinctItems(Interactions data, int user) => data.ByUser.SortedItems(user).Length;

    [Fact]
    public void A_random_split_takes_the_share_of_each_user()
    {
        var all = Events(1);
        var split = Splits.ByShare(all, 0.8, new Rng(5));

        CheckParts(all, split.Train, split.Test);
        for (var user = 0; user < all.UserCount; user++)
        {
            var expected = Math.Max(1, (int)Math.Round(0.8 * DistinctItems(all, user), MidpointRounding.AwayFromZero));
            Assert.Equal(expected, DistinctItems(split.Train, user));
            Assert.Equal(DistinctItems(all, user) - expected, split.Test.ByUser.Items(user).Length);
        }
        Assert.True(split.LeaksTime);
        Assert.Contains("future", split.Warning, StringComparison.Ordinal);
        Assert.Equal(split.Test.Hash, Splits.ByShare(all, 0.8, new Rng(5)).Test.Hash);
        Assert.NotEqual(split.Test.Hash, Splits.ByShare(all, 0.8, new Rng(6)).Test.Hash);
    }

    [Fact]
    public void Leave_last_out_takes_the_last_item_of_each_user_with_all_its_rows()
    {
        var all = Events(2);
        var split = Splits.LeaveLastOut(all);

        CheckParts(all, split.Train, split.Test);
        for (var user = 0; user < all.UserCount; user++)
        {
            var last = all.ByUser.Items(user)[^1];
            Assert.Equal(DistinctItems(all, user) > 1 ? [last] : [], split.Test.ByUser.Items(user).ToArray());
            Assert.Equal(all.ByUser.Items(user).ToArray().Count(item => item != last || DistinctItems(all, user) == 1), split.Train.ByUser.Items(user).Length);
        }
        Assert.True(split.LeaksTime);
    }

    [Fact]
    public void Without_times_leave_last_out_says_what_it_took_for_time()
    {
        var split = Splits.LeaveLastOut(Events(3, times: false));

        Assert.False(split.LeaksTime);
        Assert.Contains("order of rows", split.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_by_time_has_no_training_row_as_late_as_a_test_row()
    {
        var all = Events(4);
        var split = Splits.ByTime(all, 0.6);

        CheckParts(all, split.Train, split.Test);
        Assert.False(split.LeaksTime);
        Assert.True(split.Train.Time.ToArray().Max() < split.Test.Time.ToArray().Min());
        var known = split.Train.ItemCounts();
        Assert.All(split.Test.Item.ToArray(), item => Assert.True(known[item] > 0));
    }

    [Fact]
    public void A_split_by_time_counts_what_it_leaves_out()
    {
        // Times 1 2 3 4 | 5 6 7 8: of the later rows one repeats a pair, one has a new user, one a new item; (a, y) is the one to test on.
        var rows = new InteractionsBuilder(hasTimes: true);
        var time = 0;
        foreach (var pair in new[] { "ax", "bx", "by", "cy", "ax", "dx", "az", "ay" }) rows.Add(pair[..1], pair[1..], time: ++time);
        var split = Splits.ByTime(rows.Build(), 0.5);

        Assert.Equal(4, split.Train.Count);
        Assert.Equal([(0, 1, 8L)], Rows(split.Test));
        Assert.StartsWith("Of 4 rows after the split, 3 were left out", split.Warning, StringComparison.Ordinal);

        var kept = Splits.ByTime(rows.Build(), 0.5, newItems: true);                             // and (a, z), of the new item
        Assert.Equal([(0, 2, 7L), (0, 1, 8L)], Rows(kept.Test));
        Assert.StartsWith("Of 4 rows after the split, 2 were left out: their pair is in training, or their user is not.", kept.Warning, StringComparison.Ordinal);
        Assert.Contains("items new to it kept", kept.Protocol, StringComparison.Ordinal);
    }

    [Fact]
    public void No_test_rows_left_after_the_filter_is_an_error()
    {
        var rows = new InteractionsBuilder(hasTimes: true);
        foreach (var (pair, time) in new[] { ("ax", 1), ("bx", 2), ("cy", 3), ("dz", 4) }) rows.Add(pair[..1], pair[1..], time: time);
        var error = Assert.Throws<DataException>(() => Splits.ByTime(rows.Build(), 0.5));

        Assert.Contains("no test rows are left", error.Message, StringComparison.Ordinal);
        Assert.Contains("another split", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_that_cannot_be_say_why()
    {
        var one = new Interactions(new(["a"]), new(["x"]), [0], [0]);

        Assert.Contains("times", Assert.Throws<DataException>(() => Splits.ByTime(one, 0.8)).Message, StringComparison.Ordinal);
        Assert.Contains("no test rows", Assert.Throws<DataException>(() => Splits.LeaveLastOut(one)).Message, StringComparison.Ordinal);
        Assert.Contains("no test rows", Assert.Throws<DataException>(() => Splits.ByShare(one, 0.8, new Rng(1))).Message, StringComparison.Ordinal);
        Assert.Contains("folds", Assert.Throws<DataException>(() => Splits.KFold(one, 5, new Rng(1))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "validation", Assert.Throws<DataException>(() => Splits.Validation(one, Holdout.LastPerUser, new Rng(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.ByShare(one, 1, new Rng(1)));
    }

    [Fact]
    public void Each_row_is_in_the_test_part_of_one_fold()
    {
        var all = Events(5).DistinctPairs();
        var folds = Splits.KFold(all, 5, new Rng(1));

        Assert.Equal(5, folds.Length);
        Assert.Equal(Rows(all).Order(), folds.SelectMany(fold => Rows(fold.Test)).Order());
        Assert.All(folds, fold =>
        {
            Assert.Equal(Rows(all).Order(), Rows(fold.Train).Concat(Rows(fold.Test)).Order());
            Assert.InRange(fold.Test.Count, all.Count / 5, all.Count / 5 + 1);
        });
        Assert.NotEqual(folds[0].Test.Hash, Splits.KFold(all, 5, new Rng(2))[0].Test.Hash);
    }

    [Theory]
    [InlineData(Holdout.LastPerUser)]
    [InlineData(Holdout.RandomPerUser)]
    [InlineData(Holdout.Share)]
    public void Validation_rows_come_from_the_training_rows(Holdout how)
    {
        var before = Splits.LeaveLastOut(Events(6));
        var split = Splits.Validation(before, how, new Rng(9), share: 0.2);

        CheckParts(before.Train, split.Train, split.Validation!);
        Assert.Same(before.Test, split.Test);
        for (var user = 0; user < split.Train.UserCount; user++)
        {
            var items = DistinctItems(before.Train, user);
            var expected = how == Holdout.Share ? items - Math.Max(1, (int)Math.Round(0.8 * items, MidpointRounding.AwayFromZero)) : items > 1 ? 1 : 0;
            Assert.Equal(expected, split.Validation!.ByUser.Items(user).Length);
            if (how == Holdout.LastPerUser && expected == 1) Assert.Equal(before.Train.ByUser.Items(user)[^1], split.Validation.ByUser.Items(user)[0]);
        }
    }

    /// <summary>
    /// Ten rows at times 1 to 10: the split by time at 80% trains on 1 to 8, and its validation at 25% of those is 7 and 8, new pairs of users and items known
    /// by then.
    /// </summary>
    [Fact]
    public void Validation_by_time_is_later_than_the_rest_of_training()
    {
        var all = new Interactions(
            new(["a", "b"]), new(["v", "w", "x", "y", "z"]), [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], [0, 1, 1, 3, 2, 4, 3, 2, 4, 0], time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var (train, validation) = Splits.Validation(Splits.ByTime(all, 0.8).Train, Holdout.Latest, new Rng(1), share: 0.25);

        Assert.Equal([1, 2, 3, 4, 5, 6], train.Time.ToArray());
        Assert.Equal([7, 8], validation.Time.ToArray());
    }

    [Fact]
    public void Validation_is_like_the_test_part()
    {
        var events = Events(5).DistinctPairs();
        Assert.Equal(Holdout.LastPerUser, Splits.LeaveLastOut(events).Mirror);
        Assert.Equal(Holdout.Share, Splits.ByShare(events, 0.8, new Rng(1)).Mirror);
        Assert.Equal(Holdout.Latest, Splits.ByTime(events, 0.8).Mirror);
    }

    [Fact]
    public void Given_parts_stay_as_they_are()
    {
        Vocabulary users = new(["a"]), items = new(["x", "y"]);
        var train = new Interactions(users, items, [0], [0]);
        var test = new Interactions(users, items, [0, 0], [0, 1]);
        var negatives = new Negatives([0, 1], [0]);
        var split = Splits.Given(new("given", train, null, null, test, negatives, "memory", ReadReport.Empty));

        Assert.Same(train, split.Train);
        Assert.Same(test, split.Test);
        Assert.Same(negatives, split.Negatives);
        Assert.Contains("1 are of pairs that training has", split.Warning, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => Splits.Given(new("none", train, null, null, null, null, "memory", ReadReport.Empty)));
    }
}

using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Data;

public class HistoriesTests
{
    [Fact]
    public void Items_come_in_time_order_and_ties_in_row_order()
    {
        var rows = new InteractionsBuilder(hasTimes: true);
        foreach (var (item, time) in new[] { ("x", 30L), ("y", 10), ("z", 20), ("w", 10), ("v", 10) }) rows.Add("a", item, time: time);
        rows.Add("b", "z", time: 1);
        var histories = rows.Build().ByUser;

        Assert.Equal([1, 3, 4, 2, 0], histories.Items(0).ToArray());
        Assert.Equal([1, 3, 4, 2, 0], histories.Rows(0).ToArray());
        Assert.Equal([2], histories.Items(1).ToArray());
        Assert.Equal([0, 5, 6], histories.Start.ToArray());
    }

    [Fact]
    public void Without_times_items_come_in_row_order()
    {
        var data = new Interactions(new(["a", "b", "c"]), new(["x", "y", "z"]), [2, 0, 2, 2], [2, 1, 0, 2]);

        Assert.Equal([2, 0, 2], data.ByUser.Items(2).ToArray());
        Assert.Equal([0, 2], data.ByUser.SortedItems(2).ToArray());
        Assert.True(data.ByUser.Items(1).IsEmpty && data.ByUser.SortedItems(1).IsEmpty);
    }

    [Fact]
    public void Agrees_with_brute_force_on_random_data()
    {
        var rng = new Rng(7);
        const int Users = 20, Items = 15, Rows = 600;
        var (user, item, time) = (new int[Rows], new int[Rows], new long[Rows]);
        for (var row = 0; row < Rows; row++) (user[row], item[row], time[row]) = (rng.Next(Users), rng.Next(Items), rng.Next(40));
        var data = new Interactions(Ids(Users), Ids(Items), user, item, time: time);

        for (var u = 0; u < Users; u++)
        {
            var expected = Enumerable.Range(0, Rows).Where(row => user[row] == u).OrderBy(row => time[row]).ThenBy(row => row).ToArray();
            Assert.Equal(expected, data.ByUser.Rows(u).ToArray());
            Assert.Equal(expected.Select(row => item[row]), data.ByUser.Items(u).ToArray());
            Assert.Equal(expected.Select(row => item[row]).Distinct().Order(), data.ByUser.SortedItems(u).ToArray());
            for (var i = 0; i < Items; i++) Assert.Equal(expected.Any(row => item[row] == i), data.ByUser.Contains(u, i));
        }
    }

    [Fact]
    public void Is_built_once()
    {
        var data = new Interactions(new(["a"]), new(["x"]), [0], [0]);

        Assert.Same(data.ByUser, data.ByUser);
    }

    private static Vocabulary Ids(int count) => new(Enumerable.Range(0, count).Select(id => $"{id}"));
}

using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Data;

public class InteractionsBuilderTests
{
    [Fact]
    public void The_latest_of_repeated_rows_stays_and_of_equally_late_ones_the_last()
    {
        var rows = new InteractionsBuilder(hasValues: true, hasTimes: true);
        rows.Add("a", "x", 1, 9);
        rows.Add("a", "x", 2, 5);       // earlier than the first: goes
        rows.Add("a", "y", 3, 5);
        rows.Add("b", "x", 4, 1);       // another user
        rows.Add("a", "y", 5, 5);       // as late as the first and after it: stays
        var data = rows.BuildDistinct(out var duplicates);

        Assert.Equal(2, duplicates);
        Assert.Equal([1f, 4, 5], data.Value.ToArray());
    }

    [Fact]
    public void Rows_can_be_added_to_those_there_are()
    {
        var rows = new InteractionsBuilder(hasValues: true, hasTimes: true);
        rows.Add("a", "x", 2, 5);
        var before = rows.Build();
        var more = InteractionsBuilder.From(before);
        more.Add("fake", "x", 5, 6);
        var after = more.Build();

        Assert.Equal(before.Hash, after.Select([0]).Hash);
        Assert.Equal((1, 2), (before.UserCount, after.UserCount));
        Assert.Same(before.Items, after.Items);
        Assert.Throws<InvalidOperationException>(() => more.Add("fake", "new item"));
    }

    [Fact]
    public void Rows_of_different_kinds_do_not_repeat_each_other()
    {
        var rows = new InteractionsBuilder(hasKinds: true);
        foreach (var kind in new[] { EventKind.View, EventKind.Cart, EventKind.View, EventKind.Rate }) rows.Add("a", "x", kind: kind);

        Assert.Equal([EventKind.Cart, EventKind.View, EventKind.Rate], rows.BuildDistinct(out _).Kind.ToArray());
    }

    [Fact]
    public void Agrees_with_brute_force_on_random_data()
    {
        var rng = new Rng(3);
        var rows = new InteractionsBuilder(hasTimes: true, hasKinds: true);
        for (var row = 0; row < 3000; row++) rows.Add($"{rng.Next(12)}", $"{rng.Next(20)}", 1, rng.Next(5), (EventKind)rng.Next(4));
        var all = rows.Build();

        var expected = Enumerable.Range(0, all.Count)
            .GroupBy(row => (all.User[row], all.Item[row], all.Kind[row]))
            .Select(group => group.OrderBy(row => all.Time[row]).ThenBy(row => row).Last())
            .Order().ToArray();
        Assert.Equal(all.Select(expected).Hash, rows.BuildDistinct(out var duplicates).Hash);
        Assert.Equal(3000 - expected.Length, duplicates);
    }
}

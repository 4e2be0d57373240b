using Bulwark.Data;

namespace Bulwark.Tests.Data;

public class InteractionsTests
{
    /// <summary>Five rows of users a, b and items x, y, z; the rows of a are out of time order.</summary>
    private static Interactions Small()
    {
        var rows = new InteractionsBuilder(hasValues: true, hasTimes: true, hasKinds: true);
        rows.Add("a", "x", 4, 30, EventKind.Rate);
        rows.Add("b", "y", 1, 5, EventKind.View);
        rows.Add("a", "y", 1, 10, EventKind.View);
        rows.Add("a", "z", 1, 10, EventKind.Buy);
        rows.Add("a", "x", 1, 20, EventKind.View);
        return rows.Build();
    }

    [Fact]
    public void Columns_are_as_given()
    {
        var data = Small();

        Assert.Equal(5, data.Count);
        Assert.Equal([0, 1, 0, 0, 0], data.User.ToArray());
        Assert.Equal([0, 1, 1, 2, 0], data.Item.ToArray());
        Assert.Equal([4f, 1, 1, 1, 1], data.Value.ToArray());
        Assert.Equal([30L, 5, 10, 10, 20], data.Time.ToArray());
        Assert.Equal(EventKind.Buy, data.Kind[3]);
        Assert.Equal([2, 2, 1], data.ItemCounts());
    }

    [Fact]
    public void Without_columns_values_are_one_and_times_and_kinds_are_empty()
    {
        var data = new Interactions(new(["a"]), new(["x", "y"]), [0, 0], [1, 0]);

        Assert.Equal([1f, 1], data.Value.ToArray());
        Assert.True(data.Time.IsEmpty && data.Kind.IsEmpty);
        Assert.False(data.HasValues || data.HasTimes || data.HasKinds);
        Assert.False(data.Select([0]).HasValues);
        Assert.False(data.Compact().HasValues);
    }

    [Fact]
    public void Select_keeps_the_vocabularies_and_Compact_rebuilds_them()
    {
        var part = Small().Select([3, 1]);
        Assert.Equal((2, 3), (part.UserCount, part.ItemCount));
        Assert.Equal([10L, 5], part.Time.ToArray());

        var compact = part.Compact();
        Assert.Equal(["a", "b"], compact.Users.Ids);
        Assert.Equal(["z", "y"], compact.Items.Ids);
        Assert.Equal([0, 1], compact.Item.ToArray());
        Assert.Equal(part.Value.ToArray(), compact.Value.ToArray());
    }

    [Fact]
    public void More_items_can_be_known_behind_those_there_are()
    {
        var small = Small();
        var more = small.Items.Copy();
        more.GetOrAdd("new");
        var known = small.Knowing(more);
        Assert.Equal((small.ItemCount + 1, small.Hash), (known.ItemCount, known.Hash));
        Assert.Equal(small.Value.ToArray(), known.Value.ToArray());
        Assert.Equal(0, known.ItemCounts()[^1]);
        Assert.Throws<ArgumentException>(() => small.Knowing(new(["new", .. small.Items.Ids])));
        Assert.Throws<ArgumentException>(() => known.Knowing(small.Items));
    }

    [Fact]
    public void Distinct_pairs_keep_the_latest_row_of_each()
    {
        // (a, x) has rows 0 at time 30 and 4 at time 20: row 0 stays.
        Assert.Equal([30L, 5, 10, 10], Small().DistinctPairs().Time.ToArray());
    }

    [Fact]
    public void Of_users_selects_rows_and_keeps_everybody_s_number()
    {
        var part = Small().OfUsers(user => user == 1);
        Assert.Equal([5L], part.Time.ToArray());
        Assert.Equal((2, 1), (part.UserCount, part.User[0]));
    }

    [Fact]
    public void Of_kind_selects_rows()
    {
        Assert.Equal([5L, 10, 20], Small().OfKind(EventKind.View).Time.ToArray());
        Assert.Equal(2, Small().OfKind(EventKind.Buy, EventKind.Rate).Count);
    }

    [Fact]
    public void The_hash_depends_on_the_content_and_not_on_the_numbering()
    {
        var data = Small();
        Assert.Equal(64, data.Hash.Length);
        Assert.Equal(data.Hash, Small().Hash);
        Assert.Equal(data.Select([3, 1]).Hash, data.Select([3, 1]).Compact().Hash);
        Assert.NotEqual(data.Select([3, 1]).Hash, data.Select([1, 3]).Hash);

        // An absent value is not the same as a value of 1; ids do not run into each other.
        Interactions One(string user, string item, float[]? value = null, long[]? time = null) =>
            new(new([user]), new([item]), [0], [0], value, time);
        string[] hashes = [One("ab", "c").Hash, One("a", "bc").Hash, One("a", "bd").Hash, One("a", "bc", [1]).Hash, One("a", "bc", null, [1]).Hash];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void The_hash_is_the_same_on_every_machine_and_version()
    {
        // sha256 of 00 | 01000000 'a' | 01000000 'x': no columns, then the two ids behind their lengths.
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0, 1, 0, 0, 0, (byte)'a', 1, 0, 0, 0, (byte)'x']));

        Assert.Equal(expected, new Interactions(new(["a"]), new(["x"]), [0], [0]).Hash);
    }

    [Fact]
    public void Columns_that_cannot_be_are_refused()
    {
        Vocabulary users = new(["a"]), items = new(["x"]);
        Assert.Throws<ArgumentException>(() => new Interactions(users, items, [0, 0], [0]));
        Assert.Throws<ArgumentException>(() => new Interactions(users, items, [1], [0]));
        Assert.Throws<ArgumentException>(() => new Interactions(users, items, [0], [-1]));
        Assert.Throws<ArgumentException>(() => new Interactions(users, items, [0], [0], [float.NaN]));
        Assert.Throws<ArgumentException>(() => new Interactions(users, items, [0], [0], time: [1, 2]));
        Assert.Throws<ArgumentException>(() => new Interactions(users, items, [0], [0], kind: [(EventKind)4]));
    }

    [Fact]
    public void Interactions_freeze_their_vocabularies()
    {
        var data = Small();

        Assert.Throws<InvalidOperationException>(() => data.Users.GetOrAdd("new"));
    }
}

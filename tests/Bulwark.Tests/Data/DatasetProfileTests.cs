using Bulwark.Data;

namespace Bulwark.Tests.Data;

public class DatasetProfileTests
{
    private static Dataset Of(Interactions data, Interactions? test = null) => new("d", data, null, null, test, null, "memory", ReadReport.Empty);

    [Fact]
    public void Counts_of_a_small_set()
    {
        // a: x y z, b: x; item w and user c are known and have no rows. Popularity 1 1 2:
        // Gini = 2 (1·1 + 2·1 + 3·2) / (3 · 4) − 4 / 3 = 18 / 12 − 16 / 12 = 1 / 6.
        var data = new Interactions(new(["a", "b", "c"]), new(["w", "x", "y", "z"]), [0, 0, 0, 1], [1, 2, 3, 1], [5, 4, 4, 1], [40, 10, 20, 30]);
        var profile = DatasetProfile.Of(Of(data));

        Assert.Equal((2, 3, 4), (profile.Users, profile.Items, profile.Rows));
        Assert.Equal(4 / 6.0, profile.Density, 12);
        Assert.Equal(1 / 6.0, profile.PopularityGini, 12);
        Assert.Equal(new CountSummary(2, 1, 1, 1, 1, 1, 3), profile.Activity);
        Assert.Equal((1, 1, 2), (profile.Popularity.Minimum, profile.Popularity.Median, profile.Popularity.Maximum));
        Assert.Equal([new(1, 1, 1), new(4, 4, 2), new(5, 5, 1)], profile.Values);
        Assert.Equal((10, 40), (profile.First!.Value.ToUnixTimeSeconds(), profile.Last!.Value.ToUnixTimeSeconds()));
        Assert.Equal(data.Hash, profile.Hash);
        Assert.Empty(profile.Kinds);
    }

    [Fact]
    public void The_given_test_part_counts()
    {
        Vocabulary users = new(["a"]), items = new(["x", "y"]);
        var train = new Interactions(users, items, [0], [0]);
        var test = new Interactions(users, items, [0], [1]);
        var profile = DatasetProfile.Of(Of(train, test));

        Assert.Equal((1, 2, 2, 1), (profile.Users, profile.Items, profile.Rows, profile.TestRows));
        Assert.Equal(1, profile.Density);
        Assert.Equal($"{train.Hash}+{test.Hash}", profile.Hash);
        Assert.Null(profile.First);
        Assert.Empty(profile.Values);
    }

    [Fact]
    public void Many_values_fall_into_ten_ranges()
    {
        var rows = new InteractionsBuilder(hasValues: true);
        for (var n = 0; n <= 100; n++) rows.Add("a", $"{n}", n);
        var values = DatasetProfile.Of(Of(rows.Build())).Values;

        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10, 11], values.Select(bar => bar.Count));
        Assert.Equal((0f, 10f, 100f), (values[0].From, values[0].To, values[9].To));
    }
}

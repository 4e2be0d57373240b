using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Data;

public class KCoreTests
{
    [Fact]
    public void Removal_goes_on_to_a_fixed_point()
    {
        // a and b share x and y. c has y and z; z has c alone, so z goes, and then c, which is left with y.
        var rows = new InteractionsBuilder();
        foreach (var pair in new[] { "ax", "ay", "bx", "by", "cy", "cz" }) rows.Add(pair[..1], pair[1..]);
        var core = KCore.Filter(rows.Build(), 2);

        Assert.Equal(["a", "b"], core.Users.Ids);
        Assert.Equal(["x", "y"], core.Items.Ids);
        Assert.Equal(4, core.Count);
    }

    [Fact]
    public void Repeated_rows_count_once_and_all_stay()
    {
        var rows = new InteractionsBuilder();
        foreach (var pair in new[] { "ax", "ax", "ay", "bx", "by", "cx", "cx" }) rows.Add(pair[..1], pair[1..]);

        Assert.Equal(5, KCore.Filter(rows.Build(), 2).Count);             // c has one item, twice: it goes
    }

    [Fact]
    public void It_is_the_largest_set_with_the_degrees()
    {
        var rng = new Rng(11);
        var rows = new InteractionsBuilder();
        for (var row = 0; row < 200; row++) rows.Add($"{rng.Next(25)}", $"{rng.Next(25) * rng.Next(25) / 25}");
        var data = rows.BuildDistinct(out _);
        var core = KCore.Filter(data, 5);

        // Brute force: remove one offender at a time.
        var left = Enumerable.Range(0, data.Count).Select(row => (User: data.User[row], Item: data.Item[row])).ToHashSet();
        while (true)
        {
            var offender = left.FirstOrDefault(
                pair => left.Count(other => other.User == pair.User) < 5 || left.Count(other => other.Item == pair.Item) < 5, (User: -1, Item: -1));
            if (offender.User < 0) break;
            left.RemoveWhere(pair => pair == offender);
        }
        Assert.NotEmpty(left);
        Assert.True(left.Count < data.Count);
        var kept = Enumerable.Range(0, core.Count).Select(row => (core.Users[core.User[row]], core.Items[core.Item[row]])).ToHashSet();
        Assert.True(kept.SetEquals(left.Select(pair => (data.Users[pair.User], data.Items[pair.Item]))));
    }

    [Fact]
    public void An_empty_core_is_an_error()
    {
        var data = new Interactions(new(["a"]), new(["x"]), [0], [0]);

        Assert.Contains("2-core", Assert.Throws<DataException>(() => KCore.Filter(data, 2)).Message, StringComparison.Ordinal);
        Assert.Equal(1, KCore.Filter(data, 1).Count);
    }
}

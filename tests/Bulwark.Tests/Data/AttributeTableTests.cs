using Bulwark.Data;

namespace Bulwark.Tests.Data;

public class AttributeTableTests
{
    private static AttributeTable Items() => new(new(["x", "y"]), [new("brand", ["Acme", null]), new("price", [1.5f, 2f])]);

    [Fact]
    public void Columns_are_found_by_name()
    {
        Assert.Equal<IEnumerable<string?>>(["Acme", null], Items()["brand"].Texts.ToArray());
        Assert.Equal([1.5f, 2f], Items()["price"].Numbers.ToArray());
        Assert.Null(Items().Find("color"));
        Assert.Contains("brand, price", Assert.Throws<KeyNotFoundException>(() => Items()["color"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aligned_to_another_vocabulary_its_indices_reach_the_rows()
    {
        var aligned = Items().Align(new(["y", "unknown", "x"]));

        Assert.Equal<IEnumerable<string?>>([null, null, "Acme"], aligned["brand"].Texts.ToArray());
        Assert.Equal([2f, float.NaN, 1.5f], aligned["price"].Numbers.ToArray());
    }

    [Fact]
    public void Columns_of_the_wrong_length_or_of_one_name_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AttributeTable(new(["x"]), [new("a", [1f, 2f])]));
        Assert.Throws<ArgumentException>(() => new AttributeTable(new(["x"]), [new("a", [1f]), new("a", [2f])]));
    }
}

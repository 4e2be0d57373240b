using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class ItemGanTests
{
    private static readonly AttributeTable _items = World(120, new Rng(1));
    private static readonly FeatureGanOptions _options = new(20, 120) { Batch = 30, Latent = 2, Hidden = 16, Deviation = 0.2f, Rate = 5e-3f };

    /// <summary>
    /// A world whose right answer is known: shoes cost about 100, are of leather, and for running or walking; hats cost about 20, are of felt, for both.
    /// </summary>
    private static AttributeTable World(int count, Rng rng)
    {
        var shoes = Enumerable.Range(0, count).Select(item => item % 2 == 0).ToArray();
        return new(new Vocabulary(Enumerable.Range(0, count).Select(item => $"i{item}")),
        [
            new("title", [.. Enumerable.Range(0, count).Select(item => $"title{item} of{item}")], AttributeKind.TokenSequence),
            new("kind", [.. shoes.Select((is1, item) => item == 3 ? null : is1 ? "shoe" : "hat")]),
            new("price", [.. shoes.Select(is1 => (is1 ? 100f : 20) + 4 * rng.NextSingle())]),
            new("material", [.. shoes.Select(is1 => is1 ? "leather" : "felt")]),
            new("for", [.. shoes.Select((is1, item) => !is1 ? "running walking" : item % 4 == 0 ? "running" : "walking")], AttributeKind.TokenSequence),
        ]);
    }

    [Fact]
    public void MadeUpItemsAreLikeThoseOfTheirCategory()
    {
        var made = new ItemGan(_items, "kind", _options).Make(100, new Rng(2)).Table;
        Assert.Equal(["kind", "price", "material", "for"], made.Columns.Select(column => column.Name));
        var kinds = made["kind"].Texts.ToArray();
        Assert.InRange(kinds.Count(kind => kind == "shoe"), 30, 70);
        for (var item = 0; item < made.Count; item++)
        {
            Assert.InRange(made["price"].Numbers[item], kinds[item] == "shoe" ? 80 : 20, kinds[item] == "shoe" ? 104 : 45);
            Assert.Equal(kinds[item] == "shoe" ? "leather" : "felt", made["material"].Texts[item]);
        }
        Assert.InRange(Enumerable.Range(0, 100).Count(item => kinds[item] == "hat" && made["for"].Texts[item] == "running walking"), kinds.Count(kind => kind == "hat") * 0.9, 100);
        Assert.All(made.Ids.Ids, id => Assert.StartsWith("synthetic-", id, StringComparison.Ordinal));
    }

    /// <summary>From a shoe for running (i0) to one for walking (i2): shoes all the way, first for the one, then for the other, and back.</summary>
    [Fact]
    public void ItemsBetweenTwoTurnFromOneIntoTheOther()
    {
        var (there, back) = (Purposes("i0", "i2"), Purposes("i2", "i0"));
        Assert.Equal(("running", "walking"), (there[0], there[^1]));
        Assert.Equal(("walking", "running"), (back[0], back[^1]));
        Assert.True(Array.LastIndexOf(there, "running") < Array.IndexOf(there, "walking"), string.Join(", ", there));

        static string?[] Purposes(string first, string second)
        {
            var made = new ItemGan(_items, "kind", _options).Between(first, second, 20, new Rng(2)).Table;
            Assert.Equal(20, made.Count);
            Assert.All(made["kind"].Texts.ToArray(), kind => Assert.Equal("shoe", kind));
            Assert.All(made["material"].Texts.ToArray(), material => Assert.Equal("leather", material));
            Assert.All(made["price"].Numbers.ToArray(), price => Assert.InRange(price, 80, 104));
            return made["for"].Texts.ToArray();
        }
    }

    [Fact]
    public void ItemsOfTwoCategoriesHaveNothingBetweenThem()
    {
        var gan = new ItemGan(_items, "kind", _options);
        Assert.Contains("two of one kind", Assert.Throws<ArgumentException>(() => gan.Between("i0", "i1", 2, new Rng(2))).Message);
        Assert.Contains("'i3'", Assert.Throws<ArgumentException>(() => gan.Between("i0", "i3", 2, new Rng(2))).Message);        // it has no kind
    }

    [Fact]
    public void WhatCannotBeMadeUpIsRefused()
    {
        Assert.Contains("name one of tokens", Assert.Throws<ArgumentException>(() => new ItemGan(_items, "price", _options)).Message);
        Assert.Throws<KeyNotFoundException>(() => new ItemGan(_items, "color", _options));
        var bare = new AttributeTable(_items.Ids, [_items["kind"], new("title", [.. Enumerable.Range(0, 120).Select(item => $"t{item}")])]);
        Assert.Contains("no column", Assert.Throws<ArgumentException>(() => new ItemGan(bare, "kind", _options)).Message);
    }
}

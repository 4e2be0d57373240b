using Bulwark.Data;

namespace Bulwark.Tests.Data;

public sealed class FieldTableTests
{
    /// <summary>What occurs gets an index of its own from 1 on; what does not shares 0.</summary>
    [Fact]
    public void IdsThatDoNotOccurAreUnknownTogether()
    {
        var field = Assert.Single(FieldTable.OfIds("item", [3, 0, 1, 0]).Categories);
        Assert.Equal(("item", 3), (field.Name, field.Size));
        Assert.Equal([1, 0, 2, 0], field.Indices.ToArray());
        Assert.Equal([1, 2, 3], FieldTable.OfIds("user", 3).Categories[0].Indices.ToArray());
    }

    [Fact]
    public void FieldsStandBesideEachOtherWithCrossesLast()
    {
        var crossed = new FieldTable(1, [new("a", 2, new[] { 1 }), new("a × a", 2, new[] { 1 }, IsCross: true)], [new("x", new[] { 2f })]);
        var both = crossed.Beside(FieldTable.OfIds("id", 1));
        Assert.Equal(["a", "id", "a × a"], both.Categories.Select(field => field.Name));
        Assert.Equal(["x"], both.Numbers.Select(field => field.Name));
    }

    [Fact]
    public void ContradictionsAreRefused()
    {
        Assert.Contains("'x' has 2", Assert.Throws<ArgumentException>(() => new FieldTable(1, [], [new("x", new float[2])])).Message);
        Assert.Contains("'a' has no category 2", Assert.Throws<ArgumentException>(() => new FieldTable(1, [new("a", 2, new[] { 2 })], [])).Message);
        Assert.Contains("2 labels", Assert.Throws<ArgumentException>(() => new FieldTable(1, [], [], new float[2])).Message);
        Assert.Contains("crosses", Assert.Throws<ArgumentException>(
            () => new FieldTable(1, [new("c", 2, new[] { 1 }, IsCross: true), new("a", 2, new[] { 1 })], [])).Message);
    }
}

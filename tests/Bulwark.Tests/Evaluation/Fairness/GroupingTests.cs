using Bulwark.Evaluation;
using Bulwark.Evaluation.Fairness;

namespace Bulwark.Tests.Evaluation.Fairness;

public sealed class GroupingTests
{
    /// <summary>Lengths 1, 1, 2, 3, 5, 0: of the five with a history the cuts are the second and third in order, 1 and 2; who has none is in no group.</summary>
    [Fact]
    public void ActivityPartsUsersInThirds()
    {
        var groups = Grouping.ByActivity(UserRows.Of([0], [1], [0, 1], [0, 1, 2], [0, 1, 2, 3, 4], []));
        Assert.Equal([0, 0, 1, 2, 2, -1], groups.Of);
        Assert.Equal(["least active (up to 1)", "medium (up to 2)", "most active (above 2)"], groups.Names);
    }

    /// <summary>A fifth of the six touched items is two, rounded up; the seventh was never touched.</summary>
    [Fact]
    public void AFifthOfTheItemsIsPopular() =>
        Assert.Equal([1, 0, 1, 1, 0, 1, 2], Grouping.ByPopularity([3, 9, 1, 2, 8, 1, 0]).Of);

    [Fact]
    public void TextsAreGroupsAndNumbersThirds()
    {
        var texts = Grouping.ByAttribute(new("city", ["York", null, "Bonn", "York"]));
        Assert.Equal(["Bonn", "York"], texts.Names);
        Assert.Equal([1, -1, 0, 1], texts.Of);
        Assert.Equal([2, 0, -1, 1], Grouping.ByAttribute(new("age", [60, 20, float.NaN, 30])).Of);
        Assert.Contains("21 different texts", Assert.Throws<ArgumentException>(
            () => Grouping.ByAttribute(new("id", [.. Enumerable.Range(0, 21).Select(n => $"{n}")]))).Message);
    }
}

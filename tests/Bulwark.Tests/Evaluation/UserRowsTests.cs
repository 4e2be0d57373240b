using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class UserRowsTests
{
    [Fact]
    public void RowsAreSortedWithoutRepeats()
    {
        var rows = UserRows.Of([3, 1, 3], [], [0]);
        Assert.Equal([0, 2, 2, 3], rows.Start);
        Assert.Equal([1, 3, 0], rows.Items);
        Assert.Equal((3, 4), (rows.UserCount, rows.ItemBound));
        Assert.True(rows[1].IsEmpty);
    }

    [Fact]
    public void ExceptLeavesOutItemsOfTheSameUserOnly()
    {
        var rest = UserRows.Of([1, 2], [1, 2], [1]).Except(UserRows.Of([2, 3], [1]));
        Assert.Equal([1, 2, 1], rest.Items);
        Assert.Equal([0, 1, 2, 3], rest.Start);
    }

    [Fact]
    public void PopularityCountsRows() => Assert.Equal([0, 2, 1, 0], UserRows.Of([1, 2], [1]).Popularity(4));

    /// <summary>Item 1 has users 0 and 2, item 2 user 0, items 0 and 3 nobody; there and back changes nothing.</summary>
    [Fact]
    public void TransposedHasTheUsersOfEachItem()
    {
        var rows = UserRows.Of([1, 2], [], [1]);
        var turned = rows.Transposed(4);
        Assert.Equal([0, 0, 2, 3, 3], turned.Start);
        Assert.Equal([0, 2, 0], turned.Items);
        Assert.Equal(rows.Items, turned.Transposed(3).Items);
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 1, 2 })]             // does not end with the items
    [InlineData(new[] { 1, 2 }, new[] { 1, 2 })]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 0, 2, 1, 2 }, new[] { 1, 2 })]       // ends before it starts
    [InlineData(new[] { 0, 2 }, new[] { 2, 1 })]             // descends
    [InlineData(new[] { 0, 2 }, new[] { 1, 1 })]             // repeats
    [InlineData(new[] { 0, 1 }, new[] { -1 })]
    public void WhatIsNoCompressedRowsIsRefused(int[] start, int[] items) => Assert.Throws<ArgumentException>(() => new UserRows(start, items));
}

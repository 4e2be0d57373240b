namespace Bulwark.Tensors.Tests;

public sealed unsafe class RowSetTests
{
    [Fact]
    public void RowsInOrderOfFirstAppearanceWithTheirOccurrences()
    {
        var (first, second) = (new Ids(7, 2, 7), new Ids(5, 2));
        var set = RowSet.Of([first, second]);
        Assert.Equal([7, 2, 5], set.RowSpan);
        Assert.Equal([0, 2, 4, 5], new ReadOnlySpan<int>(set.Start, 4));
        const int list = 1 << RowSet.PositionBits;
        Assert.Equal([0, 2, 1, list + 1, list], new ReadOnlySpan<int>(set.Occurrences, 5));
        Assert.Equal([0, 1, 0], new ReadOnlySpan<int>(set.Slots(set.IndexOf(first)), 3));
        Assert.Equal([2, 1], new ReadOnlySpan<int>(set.Slots(set.IndexOf(second)), 2));
    }

    /// <summary>The union does not depend on the order in which lists are named, nor on repetitions; it is built once.</summary>
    [Fact]
    public void UnionsAreSharedAndCanonical()
    {
        var (first, second, third) = (new Ids(1, 2), new Ids(2, 3), new Ids(4));
        Assert.Same(RowSet.Of([first, second]), RowSet.Of([second, first, second]));
        Assert.NotSame(RowSet.Of([first, second]), RowSet.Of([first, second, third]));
        Assert.NotSame(RowSet.Of([first]), RowSet.Of([first, second]));
        Assert.Equal(-1, RowSet.Of([first]).IndexOf(second));
    }

    /// <summary>Against a dictionary, over refills of the same lists: sizes that grow and shrink, empty lists, rows met before.</summary>
    [Fact]
    public void RefilledListsAreGroupedAnew()
    {
        var (rng, lists) = (new Rng(1), new[] { new Ids(), new Ids(), new Ids() });
        for (var round = 0; round < 50; round++)
        {
            foreach (var list in lists)
                foreach (ref var row in list.Refill(rng.Next(20))) row = rng.Next(30);
            var set = RowSet.Of(lists);
            var rows = lists.SelectMany(list => list.Rows.ToArray()).Distinct().ToArray();
            Assert.Equal(rows, set.RowSpan.ToArray());
            for (var s = 0; s < set.Count; s++)
            {
                var expected = lists.SelectMany((list, l) => list.Rows.ToArray().Select((row, b) => (row, At: l << RowSet.PositionBits | b)))
                    .Where(pair => pair.row == rows[s]).Select(pair => pair.At);
                Assert.Equal(expected, new ReadOnlySpan<int>(set.Occurrences + set.Start[s], set.Start[s + 1] - set.Start[s]).ToArray());
            }
        }
    }

    [Fact]
    public void ACopyDoesNotFollowRefills()
    {
        var ids = new Ids(3, 1);
        var copy = RowSet.Of([ids]).Copy();
        ids.Fill([9]);
        Assert.Equal([9], RowSet.Of([ids]).RowSpan);
        Assert.Equal([3, 1], copy.RowSpan);
    }

    [Fact]
    public void TooManyListsAreRefused()
    {
        var lists = Enumerable.Range(0, RowSet.MaxLists + 1).Select(i => new Ids(i)).ToArray();
        Assert.Equal(RowSet.MaxLists, RowSet.Of(lists.AsSpan(1)).Count);
        Assert.Contains($"more than {RowSet.MaxLists}", Assert.Throws<InvalidOperationException>(() => RowSet.Of(lists)).Message);
    }
}

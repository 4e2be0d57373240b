namespace Bulwark.Tensors.Tests;

public sealed class SparseRowsTests
{
    private static readonly SparseRows Rows = new(3, [[(2, 4f), (0, 3f)], [], [(1, -2f)]]);

    [Fact]
    public void EntriesAreSortedAndDense()
    {
        Assert.Equal([0, 2], Rows.Row(0).ToArray());
        Assert.Equal([3, 0, 4, 0, 0, 0, 0, -2, 0], Rows.ToTensor().Values.ToArray());
        Assert.Equal([0.6f, 0, 0.8f, 0, 0, 0, 0, -1, 0], Rows.Normalized().ToTensor().Values.ToArray());
        Assert.Equal([3, 0, 0, 0, 0, -2, 4, 0, 0], Rows.Transpose().ToTensor().Values.ToArray());
        Assert.Equal((3, 3), (Rows.RowCount, Rows.ColumnCount));
    }

    [Fact]
    public void ARowIsReplaced()
    {
        var one = new SparseRows(3, [[(0, 5f), (1, 6f)]]);
        Assert.Equal([5, 6, 0, 0, 0, 0, 0, -2, 0], Rows.WithRow(0, one).ToTensor().Values.ToArray());
        Assert.Equal([3, 0, 4, 5, 6, 0, 0, -2, 0], Rows.WithRow(1, one).ToTensor().Values.ToArray());
        Assert.Equal([3, 0, 4, 0, 0, 0, 0, 0, 0], Rows.WithRow(2, new(3, [[]])).ToTensor().Values.ToArray());
        Assert.Contains("width 3", Assert.Throws<ArgumentException>(() => Rows.WithRow(0, new(2, [[]]))).Message);
    }

    [Fact]
    public void AMatrixHasAllItsEntries()
    {
        var all = SparseRows.Of(Tensor.Of((2, 3), 1, 0, 2, 3, 4, 0));
        Assert.Equal([1, 0, 2, 3, 4, 0], all.ToTensor().Values.ToArray());
        Assert.Equal((3, 3), (all.Length(0), all.Length(1)));
    }

    [Fact]
    public void BadColumnsAreRefused()
    {
        Assert.Contains("width 2", Assert.Throws<ArgumentException>(() => new SparseRows(2, [[(2, 1f)]])).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new SparseRows(2, [[(1, 1f), (1, 2f)]])).Message);
    }
}

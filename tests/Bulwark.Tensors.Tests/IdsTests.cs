namespace Bulwark.Tensors.Tests;

public sealed class IdsTests
{
    [Fact]
    public void ARefilledListSpoilsWhatWasPickedByIt()
    {
        var (table, ids) = (Tensor.Of((3, 1), 1, 2, 3), new Ids(2, 0));
        var picked = table.Rows(ids);
        ids.Fill([1, 1]);
        Assert.Contains("refilled", Assert.Throws<InvalidOperationException>(() => picked.Values[0]).Message);
        Assert.Contains("refilled", Assert.Throws<InvalidOperationException>(() => picked.Dot(picked)).Message);
        Assert.Equal([2, 2], table.Rows(ids).Values);
    }

    [Fact]
    public void ARefilledListSpoilsSparseTensorsOverIt()
    {
        var ids = new Ids(2, 0);
        var sparse = Tensor.Of((2, 1), 5, 6).ScatterRows(ids, (3, 1));
        Assert.Equal([6, 0, 5], sparse.Values);
        Assert.Equal([2, 0], sparse.StoredRows);
        ids.Fill([1, 1]);
        Tensor.Of((2, 1), 5, 6).ScatterRows(ids, (3, 1)).Keep();
        Assert.Contains("Keep()", Assert.Throws<InvalidOperationException>(() => sparse.StoredRows[0]).Message);
    }

    [Theory, InlineData(3), InlineData(-1), InlineData(int.MinValue)]
    public void RowsAreChecked(int row)
    {
        var problem = Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros((3, 1)).Rows(new Ids(0, row)));
        Assert.Contains($"Row {row} was asked of a table with 3 rows", problem.Message);
    }

    [Fact]
    public void TheCheckIsRepeatedAfterARefill()
    {
        var ids = new Ids(0);
        _ = Tensor.Zeros((3, 1)).Rows(ids);
        ids.Fill([3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros((3, 1)).Rows(ids));
    }

    [Fact]
    public void NoRowsAreFine()
    {
        var x = new Variable("x");
        var (none, table) = (new Ids(), Tensor.Of((2, 2), 1, 2, 3, 4));
        Assert.Equal((0, 2), table.Rows(none).Shape);
        var move = Grad.Of(at => at[x].Rows(none).Sum(), new Point((x, table))).Move;
        Assert.Equal([0, 0, 0, 0], move[x].Values);
        Assert.Equal(table.Values, (table + move[x]).Values);
    }
}

namespace Bulwark.Tensors.Tests;

public sealed class MoveSumTests
{
    private static readonly Variable Table = new("table"), Bias = new("bias"), Given = new("given") { IsGiven = true };

    private static readonly Point At = new((Table, Tensor.Zeros((4, 2))), (Bias, Tensor.Zeros(2)), (Given, Tensor.Zeros(3)));

    /// <summary>Rows 1 and 3 doubled, then every row by −1; what is given has no part, and what nobody added is zero.</summary>
    [Fact]
    public void RowsAndTablesAddUp()
    {
        var sum = new MoveSum(At);
        sum.Add(Table, Tensor.Of((2, 2), 1, 2, 3, 4).ScatterRows(new Ids(3, 1), (4, 2)), 2);
        sum.Add(Table, Tensor.Full((4, 2), 1), -1);
        Assert.Equal([Table, Bias], sum.Total.Variables.ToArray());
        Assert.Equal([-1, -1, 5, 7, -1, -1, 1, 3], sum.Total[Table].Values.ToArray());
        Assert.Equal([0, 0], sum.Total[Bias].Values.ToArray());
        Assert.Throws<ArgumentException>(() => sum.Add(Given, Tensor.Zeros(3)));
        Assert.Throws<ArgumentException>(() => sum.Add(Bias, Tensor.Zeros(3)));
    }

    /// <summary>√(3² + 4² + 12²) = 13 over a table's stored row and a vector.</summary>
    [Fact]
    public void TheNormIsOverAllVariables()
    {
        var move = new Move((Table, Tensor.Of((1, 2), 3, 4).ScatterRows(new Ids(2), (4, 2))), (Bias, Tensor.Of(2, 12, 0)));
        Assert.Equal(13, move.Norm, 1e-6);
        Assert.Equal(0, Move.Zero.Norm);
    }
}

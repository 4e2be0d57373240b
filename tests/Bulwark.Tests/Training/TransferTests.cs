using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class TransferTests
{
    /// <summary>Of items a, b, c the new model has c and a, and d, which is new; none of its two users is known.</summary>
    [Fact]
    public void RowsFollowTheirKeysAndOthersAreDrawnAnew()
    {
        var (old, model) = (new MatrixFactorization(4, 3, new(2, Biases: true)), new MatrixFactorization(2, 3, new(2, Biases: true)));
        var (was, start) = (Numbered(old), model.Start(new Rng(2)));
        var transfer = Transfer.Of(start, Named(was), RowsFrom.Shared(["x", "y"], ["p", "q", "r", "s"]), RowsFrom.Shared(["c", "a", "d"], ["a", "b", "c"]));
        Assert.Equal([5, 6, 1, 2, .. start[model.Items].Values[4..]], transfer.At[model.Items].Values.ToArray());
        Assert.Equal([3, 1, 0], transfer.At[model.ItemBias].Values.ToArray());
        Assert.Equal(start[model.Users].Values.ToArray(), transfer.At[model.Users].Values.ToArray());
        Assert.Empty(transfer.Kept);
    }

    [Fact]
    public void WhatIsCarriedOverWholeCanBeKept()
    {
        var (old, model) = (new MatrixFactorization(4, 3, new(2)), new MatrixFactorization(2, 2, new(2)));
        var transfer = Transfer.Of(
            model.Start(new Rng(2)), Named(Numbered(old)), RowsFrom.Shared(["p", "new"], ["p", "q", "r", "s"]), RowsFrom.Shared(["b", "c"], ["a", "b", "c"]));
        Assert.Equal([model.Items], transfer.Kept);
        Assert.Equal([3, 4, 5, 6], transfer.At[model.Items].Values.ToArray());
        Assert.Equal([1, 2], transfer.At[model.Users].Values[..2].ToArray());
    }

    /// <summary>As many users as items: the name decides.</summary>
    [Fact]
    public void UsersAndItemsAreToldApart()
    {
        var (old, model) = (new MatrixFactorization(2, 2, new(1)), new MatrixFactorization(2, 2, new(1)));
        var transfer = Transfer.Of(model.Start(new Rng(2)), Named(Numbered(old)), new([1, 0], 2), new([0, 1], 2));
        Assert.Equal([2, 1], transfer.At[model.Users].Values.ToArray());
        Assert.Equal([1, 2], transfer.At[model.Items].Values.ToArray());
    }

    [Fact]
    public void AnotherFormulaOrSizeIsRefused()
    {
        var (old, model) = (new MatrixFactorization(2, 2, new(1)), new MatrixFactorization(2, 2, new(3)));
        Assert.Contains("same settings", Refused(model));
        Assert.Contains("has no 'user-bias'", Refused(new MatrixFactorization(2, 2, new(1, Biases: true))));

        string Refused(MatrixFactorization to) =>
            Assert.Throws<ArgumentException>(() => Transfer.Of(to.Start(new Rng(1)), Named(Numbered(old)), new([0, 1], 2), new([0, 1], 2))).Message;
    }

    /// <summary>To the bit, with decay and momentum.</summary>
    [Fact]
    public void WhatIsFrozenStaysWhereItIs()
    {
        var model = new MatrixFactorization(Blocks.Users, Blocks.Items, new(4));
        var (start, bpr) = (model.Start(new Rng(1)), Objectives.Bpr(model));
        var (frozen, free) = (Trained(bpr.Freezing([model.Items])), Trained(bpr.Freezing([])));
        Assert.Equal(start[model.Items].Values.ToArray(), frozen[model.Items].Values.ToArray());
        Assert.NotEqual(start[model.Users].Values.ToArray(), frozen[model.Users].Values.ToArray());
        Assert.Equal(Trained(bpr)[model.Items].Values.ToArray(), free[model.Items].Values.ToArray());
        Assert.NotEqual(start[model.Items].Values.ToArray(), free[model.Items].Values.ToArray());

        Point Trained(Objective<Triples> objective) => new Trainer<Triples>(
            new TripleSource(Blocks.Train, 32, new Rng(2)), [new("all", 2, objective)], new() { Rule = new Adam(0.05f), L2 = 0.01f, Ahead = false }).Run(start, new Rng(3)).At;
    }

    private static Dictionary<string, Tensor> Named(Point at) => at.Variables.ToArray().ToDictionary(variable => variable.Name, variable => at[variable]);

    /// <summary>1, 2, 3 … in each variable.</summary>
    private static Point Numbered(MatrixFactorization model) =>
        model.Start(new Rng(1)).Map((_, value) => Tensor.Of(value.Shape, [.. Enumerable.Range(1, value.Shape.Count).Select(n => (float)n)]));
}

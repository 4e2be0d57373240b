using Bulwark.Tensors.Optimizers;

namespace Bulwark.Tensors.Tests.Optimizers;

public sealed class OptimizerTests
{
    private static readonly Variable Table = new("table"), Bias = new("bias");

    public static TheoryData<UpdateRule> Rules => UpdateRuleTests.Rules;

    /// <summary>A row-sparse gradient moves its rows as a dense one would, to the bit, and no others.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void RowsMoveAloneAndAsInADenseStep(UpdateRule rule)
    {
        int[] rows = [7, 0, 3, 11, 5, 4];                    // more than the rows that are prefetched
        var start = Start(19);
        var (sparse, dense) = (Make(), Make());
        for (var step = 0; step < 3; step++)
        {
            var values = Tensor.Uniform((rows.Length, 19), -1, 1, new Rng(5).Fork(step));
            var gradient = values.ScatterRows(new Ids(rows), (12, 19));
            Assert.True(gradient.IsSparse);
            sparse.Step(new Move((Table, gradient)));
            dense.Step(new Move((Table, Tensor.Of((12, 19), gradient.Values))));
        }
        for (var row = 0; row < 12; row++)
        {
            var touched = rows.Contains(row);
            Assert.Equal(Row(touched ? dense.At : start, row), Row(sparse.At, row));
            if (touched) Assert.NotEqual(Row(start, row), Row(sparse.At, row));
        }

        Optimizer Make() => new(start, rule) { L2 = 0.01f, L1 = 0.02f };

        static float[] Row(Point at, int row) => at[Table].Values.Slice(row * 19, 19).ToArray();
    }

    /// <summary>Rows that are put are there, others and the rule's state stay, and points from before cannot be read by mistake.</summary>
    [Fact]
    public void RowsArePut()
    {
        var optimizer = new Optimizer(new Point((Table, Tensor.Of((3, 2), 1, 2, 3, 4, 5, 6))), new Sgd(1, 0.5f));
        optimizer.Step(new Move((Table, Tensor.Full((3, 2), 1))));                               // m = 1 everywhere
        var old = optimizer.At[Table];
        optimizer.Put(Table, new Ids(2, 0), Tensor.Of((2, 2), 70, 80, 10, 20));
        Assert.Equal([10, 20, 2, 3, 70, 80], optimizer.At[Table].Values.ToArray());
        Assert.Throws<InvalidOperationException>(() => old.Values.Length);
        optimizer.Step(new Move((Table, Tensor.Zeros((3, 2)))));                                 // m = ½: w − ½
        Assert.Equal([9.5f, 19.5f, 1.5f, 2.5f, 69.5f, 79.5f], optimizer.At[Table].Values.ToArray());
        Assert.Throws<ArgumentException>(() => optimizer.Put(Table, new Ids(1), Tensor.Zeros((2, 2))));
        Assert.Throws<KeyNotFoundException>(() => optimizer.Put(Bias, new Ids(1), Tensor.Zeros((1, 2))));
    }

    /// <summary>What is given is in the point, is the start's own memory, has no state, and does not move.</summary>
    [Fact]
    public void WhatIsGivenStaysAndHasNoState()
    {
        var given = new Variable("given") { IsGiven = true };
        var features = Tensor.Full((2, 2), 7);
        var optimizer = new Optimizer(new Point((given, features), (Bias, Tensor.Zeros(2))), new Adam(0.1f)) { L2 = 1 };
        optimizer.Step(new Move((Bias, Tensor.Full(2, 1))));
        Assert.Same(features, optimizer.At[given]);
        Assert.Equal(["bias", "bias.state0", "bias.state1"], optimizer.Save().Select(entry => entry.Name));
        Assert.Contains("'given'", Assert.Throws<KeyNotFoundException>(() => optimizer.Step(new Move((given, features)))).Message);
    }

    /// <summary>A row that a batch reads twice gets one step of the summed gradient: w − .5 (1 + 2).</summary>
    [Fact]
    public void RepeatedRowsAreSummedBeforeTheStep()
    {
        var optimizer = new Optimizer(new Point((Table, Tensor.Of((2, 1), 10, 20))), new Sgd(0.5f));
        optimizer.Step(new Move((Table, Tensor.Of((2, 1), 1, 2).ScatterRows(new Ids(1, 1), (2, 1)))));
        Assert.Equal([10, 18.5f], optimizer.At[Table].Values.ToArray());
    }

    /// <summary>Gradients (3) and (0, 4) have the norm 5: to norm 1 they shrink to .6 and .8; decay is added after. Shorter ones stay.</summary>
    [Fact]
    public void ClippingActsOnTheNormOverAllVariables()
    {
        var start = new Point((Bias, Tensor.Of(1, 10f)), (Table, Tensor.Of((2, 1), 10, 10)));
        var optimizer = new Optimizer(start, new Sgd(1)) { ClipNorm = 1, L2 = 0.1f };
        optimizer.Step(new Move((Bias, Tensor.Of(1, 3f)), (Table, Tensor.Of((1, 1), 4).ScatterRows(new Ids(1), (2, 1)))));
        Assert.Equal(10 - 0.6f - 1, optimizer.At[Bias].Item(), 1e-5f);
        Assert.Equal([10, 10 - 0.8f - 1], optimizer.At[Table].Values.ToArray().Select(x => MathF.Round(x, 5)));

        var calm = new Optimizer(start, new Sgd(1)) { ClipNorm = 1 };
        calm.Step(new Move((Bias, Tensor.Of(1, 0.75f))));
        Assert.Equal(9.25f, calm.At[Bias].Item());
    }

    [Fact]
    public void ReadingAPointAfterTheNextStepThrows()
    {
        var optimizer = new Optimizer(Start(4), new Sgd(0.1f));
        var before = optimizer.At;
        _ = before[Table].Values;
        optimizer.Step(new Move((Table, Tensor.Full((12, 4), 1))));
        Assert.Contains("Keep()", Assert.Throws<InvalidOperationException>(() => before[Table].Values.Length).Message);
        _ = before[Bias].Values;                             // not moved: still what it was
    }

    [Fact]
    public void TheStartIsCopied()
    {
        var start = Start(4);
        var values = start[Table].Values.ToArray();
        new Optimizer(start, new Sgd(0.1f)).Step(new Move((Table, Tensor.Full((12, 4), 1))));
        Assert.Equal(values, start[Table].Values.ToArray());
    }

    /// <summary>Saved after two steps and restored elsewhere, the third step is the same to the bit.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void RestoringGoesOnWhereSavingStopped(UpdateRule rule)
    {
        var (first, second) = (Make(Start(4)), Make(Start(4, seed: 2)));
        first.Step(Gradient(1));
        first.Step(Gradient(2));
        second.Restore(first.Save(), first.Steps);
        Assert.Equal(2, second.Steps);
        first.Step(Gradient(3));
        second.Step(Gradient(3));
        Assert.Equal(first.At[Table].Values.ToArray(), second.At[Table].Values.ToArray());
        Assert.Equal(first.Save().Select(entry => entry.Name), second.Save().Select(entry => entry.Name));
        foreach (var (a, b) in first.Save().Zip(second.Save())) Assert.Equal(a.Value.Values.ToArray(), b.Value.Values.ToArray());

        Optimizer Make(Point start) => new(start, rule) { Schedule = Schedules.WarmUp(5) };

        static Move Gradient(long seed) => new((Table, Tensor.Uniform((12, 4), -1, 1, new Rng(9).Fork(seed))), (Bias, Tensor.Full(3, 1)));
    }

    [Fact]
    public void ErrorsNameTheVariable()
    {
        var optimizer = new Optimizer(Start(4), new Adagrad(0.1f));
        var stranger = new Variable("stranger");
        Assert.Contains("'stranger'", Assert.Throws<KeyNotFoundException>(() => optimizer.Step(new Move((stranger, Tensor.Zeros(3))))).Message);
        Assert.Contains("'bias' is (4)", Assert.Throws<ArgumentException>(() => optimizer.Step(new Move((Bias, Tensor.Zeros(4))))).Message);
        Assert.Contains("'bias'", Assert.Throws<ArgumentException>(() => optimizer.Restore([.. optimizer.Save().Take(2)], 0)).Message);
        var other = new Optimizer(Start(5), new Adagrad(0.1f));
        Assert.Contains("(12, 4)", Assert.Throws<ArgumentException>(() => other.Restore(optimizer.Save(), 0)).Message);
    }

    private static Point Start(int width, ulong seed = 1) =>
        new((Table, Tensor.Uniform((12, width), -1, 1, new Rng(seed))), (Bias, Tensor.Uniform(3, -1, 1, new Rng(seed).Fork("bias"))));

    /// <summary>Tables large enough for the team to share, dense and by rows: every weight moves once, the others stay. w ← 1 − .5 g.</summary>
    [Fact]
    public void LargeTablesMoveEveryWeightOnce()
    {
        const int rows = 9000, width = 128;
        var table = new Variable("large");
        var slope = Tensor.Of((rows, width), [.. Enumerable.Range(0, rows * width).Select(i => i % 1000 / 8f)]);
        var every = new Ids([.. Enumerable.Range(0, rows - 1)]);
        foreach (var gradient in new[] { slope, slope.Slice(0, 0, rows - 1).ScatterRows(every, (rows, width)) })
        {
            var optimizer = new Optimizer(new Point((table, Tensor.Full((rows, width), 1))), new Sgd(0.5f));
            optimizer.Step(new Move((table, gradient)));
            Assert.Equal((1 - gradient * 0.5f).Values, optimizer.At[table].Values);
        }
    }
}

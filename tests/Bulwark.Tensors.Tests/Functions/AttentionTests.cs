namespace Bulwark.Tensors.Tests.Functions;

public sealed class AttentionTests
{
    private static readonly Ids _start = new(0, 7, 7, 8, 60);           // sequences of 7, 0, 1 and 52
    private const int Positions = 60, Width = 8;

    [Theory, InlineData(1, true), InlineData(2, true), InlineData(4, false)]
    public void ValuesAreThoseOfTheFormula(int heads, bool causal)
    {
        var x = Tensor.Uniform((Positions, 3 * Width), -2, 2, new Rng(1));
        Close.To((Positions, Width), Exact(x, heads, causal), x.Attention(_start, heads, causal), 2e-6);
    }

    /// <summary>One query (ln 3 · √1, key 1) beside an earlier key 0: weights 1/4 and 3/4 of the values 8 and 4.</summary>
    [Fact]
    public void TwoPositionsWorkedByHand()
    {
        var x = Tensor.Of((2, 3), 5, 0, 8, MathF.Log(3), 1, 4);
        Close.To((2, 1), [8, 5], x.Attention(new Ids(0, 2), 1, causal: true), 1e-6);
    }

    [Fact]
    public void NoPositionSeesLaterOnesOrOtherSequences()
    {
        var x = Tensor.Uniform((Positions, 3 * Width), -2, 2, new Rng(1));
        var other = Tensor.Of(x.Shape, [.. x.Values.ToArray().Select((value, i) => i / (3 * Width) >= 30 ? value + 1 : value)]);
        var (before, after) = (x.Attention(_start, 2, true), other.Attention(_start, 2, true));
        Assert.Equal(before.Values[..(30 * Width)], after.Values[..(30 * Width)]);
        Assert.False(before.Values[(30 * Width)..].SequenceEqual(after.Values[(30 * Width)..]));
        var (seen, changed) = (x.Attention(_start, 2, false), other.Attention(_start, 2, false));
        Assert.Equal(seen.Values[..(8 * Width)], changed.Values[..(8 * Width)]);
        Assert.False(seen.Values[(8 * Width)..(9 * Width)].SequenceEqual(changed.Values[(8 * Width)..(9 * Width)]));
    }

    /// <summary>With equal scores and values 1, each position is the sum of what was kept: 1 on average, 1 / (1 − rate) of whole shares.</summary>
    [Fact]
    public void DropoutKeepsTheMean()
    {
        var (n, rate) = (200, 0.3f);
        var x = Tensor.Concat(1, Tensor.Zeros((n, 2)), Tensor.Full((n, 1), 1));
        var y = x.Attention(new Ids(0, n), 1, false, rate, new Rng(3)).Values.ToArray();
        Assert.Equal(1, y.Average(), 0.01);
        Assert.All(y, value => Assert.Equal(0, value * n * (1 - rate) % 1, 0.01 + (value * n * (1 - rate) % 1 > 0.5 ? 1 : 0)));
        Assert.True(y.Distinct().Count() > 10);
        Assert.Equal(x.Attention(new Ids(0, n), 1, false).Values, x.Attention(new Ids(0, n), 1, false, rate).Values);
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        var (x, start, threads) = (new Variable("x"), new Ids([.. Enumerable.Range(0, 41).Select(s => s * 25)]), Team.Threads);
        var at = new Point((x, Tensor.Uniform((1000, 3 * Width), -2, 2, new Rng(1))));
        try
        {
            var results = new[] { 1, 3 }.Select(count =>
            {
                Team.Threads = count;
                return Grad.Of(p => (p[x].Attention(start, 2, true, 0.2f, new Rng(2)) * p[x].Slice(1, 0, Width)).Sum(), at).Move[x].Values.ToArray();
            }).ToArray();
            Assert.Equal(results[0], results[1]);
        }
        finally
        {
            Team.Threads = threads;
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var x = Tensor.Zeros((4, 12));
        Assert.Contains("3 heads", Assert.Throws<ArgumentException>(() => x.Attention(new Ids(0, 4), 3, true)).Message);
        Assert.Contains("number of positions, 4", Assert.Throws<ArgumentException>(() => x.Attention(new Ids(0, 3), 2, true)).Message);
        Assert.Throws<ArgumentException>(() => x.Attention(new Ids(0, 3, 2, 4), 2, true));
        Assert.Throws<ArgumentException>(() => x.Attention(new Ids(), 2, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Attention(new Ids(0, 4), 2, true, 1, new Rng(1)));
        Assert.Equal(0, Tensor.Zeros((0, 12)).Attention(new Ids(0), 2, true).Shape.Count);
    }

    private static IEnumerable<double> Exact(Tensor x, int heads, bool causal)
    {
        var (values, start, size) = (x.Values.ToArray(), _start.Rows.ToArray(), Width / heads);
        for (var s = 0; s + 1 < start.Length; s++)
            for (var i = start[s]; i < start[s + 1]; i++)
                for (var c = 0; c < Width; c++)
                {
                    var (head, last, total, sum) = (c / size, causal ? i : start[s + 1] - 1, 0.0, 0.0);
                    for (var j = start[s]; j <= last; j++)
                    {
                        var score = Enumerable.Range(head * size, size).Sum(k => (double)At(i, k) * At(j, Width + k)) / Math.Sqrt(size);
                        total += Math.Exp(score);
                        sum += Math.Exp(score) * At(j, 2 * Width + c);
                    }
                    yield return sum / total;
                }

        float At(int row, int column) => values[row * 3 * Width + column];
    }
}
